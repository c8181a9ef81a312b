/** From a place in a synthesized template to the names of what stands there. */

import { Point } from './report';

/**
 * The keys that lead to a place in a JSON text: `['Resources', 'Key961B73FD', 'Properties', 'Status']`. A place on a key leads
 * to the key itself.
 */
export function keysAt(text: string, place: Point): string[] {
  const wanted = offsetOf(text, place);
  const open: { key: string | number; list: boolean }[] = [];
  let expectsKey = false;
  const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gsu;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const top = open[open.length - 1];
    const [word] = found;
    // A bracket or comma that is reached means that the place stands before it.
    const isPunctuation = /^[}\],:]$/.test(word);
    const isKey = expectsKey && word.startsWith('"');
    if (isKey && top !== undefined) {
      top.key = JSON.parse(word) as string;
      expectsKey = false;
    }
    if (!isPunctuation && found.index + word.length > wanted) {
      break;
    }
    if (word === '{' || word === '[') {
      open.push({ key: word === '[' ? 0 : '', list: word === '[' });
      expectsKey = word === '{';
    } else if (word === '}' || word === ']') {
      open.pop();
      expectsKey = false;
    } else if (word === ',' && top !== undefined) {
      expectsKey = !top.list;
      if (typeof top.key === 'number') {
        top.key += 1;
      }
    }
  }
  return open.map(({ key }) => String(key));
}

/** The offset of a line and column, both from 1; columns count Unicode scalar values. */
function offsetOf(text: string, { line, column }: Point): number {
  let at = 0;
  for (let number = 1; number < line; number += 1) {
    at = text.indexOf('\n', at) + 1;
  }
  for (let number = 1; number < column; number += 1) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}
