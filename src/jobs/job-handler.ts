import { SetMetadata } from '@nestjs/common';
import type { JobName, JobPayload, JobResult } from './catalogue';

export const HANDLES_JOB = 'karmagate:handles-job';

/** Marks the class that does the work of a job. Start-up refuses a job without one, or with two. */
export const HandlesJob = (name: JobName) => SetMetadata(HANDLES_JOB, name);

export interface JobHandler<Name extends JobName> {
  handle(payload: JobPayload<Name>): Promise<JobResult>;
}
