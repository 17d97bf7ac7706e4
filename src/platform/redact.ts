/**
 * Takes secrets out of text that may be logged, stored or answered: bot tokens (Telegram puts them into URLs, and
 * libraries put URLs into error messages), source keys, signing secrets, and passwords in connection addresses.
 */
export function redact(text: string): string {
  return text
    .replace(/\b(bot)?\d{5,}:[\w-]{20,}/g, '$1[token]')
    .replace(/\bkgk_[\w-]+/g, '[source key]')
    .replace(/\bwhsec_[\w+/=]+/g, '[signing secret]')
    .replace(/\b(postgres(?:ql)?|rediss?):\/\/[^@\s/]*@/g, '$1://[credentials]@')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [token]');
}
