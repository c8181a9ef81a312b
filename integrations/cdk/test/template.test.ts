import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysAt } from '../src/template';

const TEXT = `{
 "Parameters": {"P": {"Default": "x"}},
 "Resources": {
  "A\\"b": {"Type": "T", "Properties": {"List": [{"K": 1}, "{", {"é𝒳": "here", "L": true}]}},
  "C": {}
 }
}`;

/** The place of the first character of a text that stands once. */
function placeOf(text: string) {
  const before = TEXT.slice(0, TEXT.indexOf(text)).split('\n');
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 };
}

test('a place leads to its keys', () => {
  const cases: [string, string[]][] = [
    ['x"', ['Parameters', 'P', 'Default']],
    ['P"', ['Parameters', 'P']],
    ['"A\\', ['Resources', 'A"b']],
    ['"T"', ['Resources', 'A"b', 'Type']],
    ['1}', ['Resources', 'A"b', 'Properties', 'List', '0', 'K']],
    ['"{"', ['Resources', 'A"b', 'Properties', 'List', '1']],
    ['here', ['Resources', 'A"b', 'Properties', 'List', '2', 'é𝒳']],
    ['true', ['Resources', 'A"b', 'Properties', 'List', '2', 'L']],
    ['C"', ['Resources', 'C']],
  ];
  for (const [text, keys] of cases) {
    assert.deepEqual(keysAt(TEXT, placeOf(text)), keys, text);
  }
});

test('a place that is not there leads nowhere in particular', () => {
  assert.deepEqual(keysAt('', { line: 1, column: 1 }), []);
  assert.deepEqual(keysAt('[', { line: 9, column: 9 }), ['0']);
});
