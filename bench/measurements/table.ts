import { crossing } from './crossing';
import { ingest } from './ingest';
import type { Measurement } from './measurement';
import { pace } from './pace';
import { preview } from './preview';

/** All measurements, in the order of the report. */
export const measurements: Measurement[] = [ingest, crossing, preview, pace];
