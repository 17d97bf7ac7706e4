import { InvalidEnvironment } from '../platform/environment';
import { redact } from '../platform/redact';

interface Failure {
  code?: string;
  message?: string;
  address?: string;
  port?: number;
  syscall?: string;
  errors?: Failure[];
}

/** Why the process could not start, in one sentence that says what to do. */
export function explainStartFailure(error: unknown): string {
  if (error instanceof InvalidEnvironment) return error.message;
  const failure = rootOf(error as Failure);
  const where = failure.address ? `${failure.address}:${failure.port}` : '';
  if (failure.code === 'EADDRINUSE') {
    return `Port ${failure.port} is in use: stop what listens there, or set PORT to another.`;
  }
  if (failure.code === 'EACCES' && failure.syscall === 'listen') {
    return `This user may not listen on port ${failure.port}: set PORT to one above 1023.`;
  }
  if (failure.code === 'ECONNREFUSED' || failure.code === 'ETIMEDOUT') {
    return `The database cannot be reached at ${where}: start it, or correct DATABASE_URL.`;
  }
  if (failure.code === 'ENOTFOUND' || failure.code === 'EAI_AGAIN') {
    return `The host of DATABASE_URL is unknown: ${redact(failure.message ?? '')}.`;
  }
  if (failure.code === '28P01' || failure.code === '28000') {
    return 'The database refuses the user or password of DATABASE_URL.';
  }
  if (failure.code === '3D000') return `${capitalise(failure.message)}: create it, or correct DATABASE_URL.`;
  return `karmagate could not start: ${redact(failure.message ?? String(error))}`;
}

/** Node bundles the failures of several addresses of a host into one without a message. */
function rootOf(failure: Failure): Failure {
  return failure.errors?.[0] ?? failure;
}

function capitalise(text = ''): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
