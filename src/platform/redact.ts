/**
 * Takes secrets out of text that may be logged, stored or answered: bot tokens (Telegram puts them into URLs, and
 * libraries put URLs into error messages), source keys, signing secrets, and passwords in connection addresses.
 * Nothing is expected before a secret: in a line of JSON a token at the start of a line follows the n of its \n.
 */
export function redact(text: string): string {
  return text
    .replace(/(bot)?\d{5,}(?::|%3A)[\w-]{20,}/gi, '$1[token]')
    .replace(/kgk_[\w-]+/g, '[source key]')
    .replace(/whsec_[\w+/=%-]+/g, '[signing secret]')
    .replace(/(postgres(?:ql)?|rediss?):\/\/[^\s/"]*@/g, '$1://[credentials]@')
    .replace(/\bBearer\s+[^\s"\\]+/gi, 'Bearer [token]');
}
