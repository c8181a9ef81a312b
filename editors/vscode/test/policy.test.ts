import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pagesAt, type Told } from '../src/policy';

function told(code: string, line: number, from: number, to: number, changes: Partial<Told> = {}): Told {
  return {
    source: 'keyless',
    message: `${code} is told\nwith help`,
    range: { start: { line, character: from }, end: { line, character: to } },
    code: { value: code, target: `https://keyless.test/${code}` },
    ...changes,
  };
}

const codes = (some: Told[], line: number, character: number): string =>
  pagesAt(some, { line, character }).map(({ code }) => code).join(' ');

test('the page is that of the place, else of the line, else of the file', () => {
  const some = [told('IMDS01', 3, 4, 9), told('KEY01', 3, 20, 30), told('EC201', 8, 0, 5)];
  assert.equal(codes(some, 3, 5), 'IMDS01');
  assert.equal(codes(some, 3, 9), 'IMDS01');
  assert.equal(codes(some, 3, 12), 'IMDS01 KEY01');
  assert.equal(codes(some, 8, 70), 'EC201');
  assert.equal(codes(some, 5, 0), 'EC201 IMDS01 KEY01');
  assert.equal(codes([], 5, 0), '');
});

test('each policy is offered once, with its title and page', () => {
  const pages = pagesAt([told('KEY02', 1, 0, 3), told('KEY02', 1, 5, 9)], { line: 1, character: 1 });
  assert.deepEqual(pages, [{ code: 'KEY02', title: 'KEY02 is told', url: 'https://keyless.test/KEY02' }]);
});

test("other tools' findings, and problems without a page, have none", () => {
  const some = [told('X', 1, 0, 3, { source: 'tflint' }), told('syntax', 1, 0, 3, { code: 'syntax' })];
  assert.equal(codes(some, 1, 0), '');
});
