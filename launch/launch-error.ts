/**
 * Something on this machine keeps karmagate from starting, and its user can mend it. The message is one whole sentence
 * that says what to do; whoever catches it prints the message and no stack.
 */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}
