// The bot every sandbox holds unless told otherwise. Its token is public on purpose: it opens nothing but a sandbox.
export const DEFAULT_TOKEN = '1000000001:sandbox-token-for-development-only';
export const DEFAULT_USERNAME = 'karmagate_sandbox_bot';
