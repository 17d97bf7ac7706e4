import { readFileSync } from 'node:fs';

/** A fenced block of a Markdown document, with what a reader knows of it: its language and the heading above it. */
export interface FencedBlock {
  readonly language: string;
  /** The file that the document says to save it as, from the word behind the language. */
  readonly file: string | undefined;
  readonly heading: string;
  readonly line: number;
  readonly code: string;
}

export function fencedBlocks(path: string): FencedBlock[] {
  const blocks: FencedBlock[] = [];
  let heading = '';
  let open: (Omit<FencedBlock, 'code'> & { lines: string[] }) | undefined;
  readFileSync(path, 'utf8')
    .split('\n')
    .forEach((text, index) => {
      if (open && text === '```') {
        const { lines, ...block } = open;
        blocks.push({ ...block, code: `${lines.join('\n')}\n` });
        open = undefined;
      } else if (open) {
        open.lines.push(text);
      } else if (text.startsWith('```')) {
        const [language = '', file] = text.slice(3).trim().split(/\s+/);
        open = { language, file, heading, line: index + 1, lines: [] };
      } else if (/^#+ /.test(text)) {
        heading = text.replace(/^#+ /, '');
      }
    });
  if (open) throw new Error(`${path}: the block in line ${open.line} is never closed.`);
  return blocks;
}
