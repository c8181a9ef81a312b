// The HTML report in a browser: it loads nothing, runs nothing but its own script, and does what its controls say.
// Needs a binary (KEYLESS_BIN, or target/debug/keyless) and Chromium (CHROMIUM, or where Debian has it).
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const keyless = process.env.KEYLESS_BIN || join(here, '../../target/debug/keyless');
const executablePath = process.env.CHROMIUM || ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

const KEY = (name) => `resource "aws_iam_access_key" "${name}" {\n  user = "robot"\n}\n`;
const INSTANCE = `variable "tokens" {
  default = "optional"
}
resource "aws_instance" "web" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.tokens
  }
}
`;
const OPEN = `variable "unknown" {}
resource "aws_instance" "open" {
  iam_instance_profile = "web"
  metadata_options {
    http_tokens = var.unknown
  }
}
`;
const HOSTILE = [
  '</script><script>window.pwned=1</script>', '<img src=x onerror=window.pwned=1>', ']]>', '--><svg onload=window.pwned=1>',
  '"onmouseover="window.pwned=1', "'><iframe src=//evil.example>", '&amp;&lt;', '</noscript><b>bold</b>', '\u202egnp.exe', '[x](javascript:alert(1))',
];
const hostile = () => {
  const resources = {};
  HOSTILE.forEach((name, at) => {
    resources[name] = { Type: 'AWS::IAM::AccessKey', Properties: { UserName: `user${at}` }, Metadata: { 'aws:cdk:path': `App/${name}` } };
  });
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: resources }, null, 1);
};

let browser;
const folders = [];
// A report of a tree of files, as a URL.
const report = (files, ...args) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyless-html-'));
  folders.push(folder);
  for (const [path, content] of Object.entries({ '.git/HEAD': 'ref: refs/heads/main\n', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const ran = spawnSync(keyless, ['check', '--format', 'html=out/report.html', ...args], { cwd: folder, encoding: 'utf8' });
  assert.notEqual(ran.status, null, String(ran.error));
  return pathToFileURL(join(folder, 'out/report.html')).href;
};
const mixed = () => {
  const files = { 'a/main.tf': KEY('one') + KEY('two'), 'a/b/main.tf': INSTANCE, 'main.tf': KEY('top') + OPEN, 'bad.tf': 'resource "x" {' };
  files['keyless.toml'] = '[policy.IMDS01]\nseverity = "warning"\n';
  return report(files, '--strict');
};

// A page that fails the test on anything that a report must not do.
const open = async (url, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => wrong.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => { if (request.url().split('#')[0] !== url.split('#')[0]) wrong.push(`request: ${request.url()}`); });
  await page.goto(url);
  return { page, done: async () => { assert.deepEqual(wrong, []); await context.close(); } };
};
const places = (page, section = '#findings') => page.$$eval(`${section} tbody > tr`, (rows) => rows.map((row) => `${row.dataset.policy} ${row.dataset.path}:${row.dataset.line}`));
const fragment = (page) => page.evaluate(() => decodeURIComponent(location.hash));

// What a form holds is only reset after the event.
const reset = async (page) => {
  await page.click('button[type=reset]');
  await page.waitForFunction(() => location.hash.length <= 1);
};

const skip = executablePath ? false : 'no Chromium here';
before(async () => {
  if (skip) return;
  execFileSync(keyless, ['--version']);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
});
after(async () => {
  await browser?.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test('nothing is loaded, and only its own script runs', { skip }, async () => {
  const { page, done } = await open(mixed());
  assert.match(await page.title(), /^keyless: no full answer: 1 problem, 3 errors, 1 warning$/);
  const policy = await page.getAttribute('meta[http-equiv]', 'content');
  assert.match(policy, /^default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+'; base-uri 'none'; form-action 'none'$/);
  await done();
  const { page: other } = await open(mixed());
  await other.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.pwned = 1';
    document.body.append(script);
    const button = document.createElement('button');
    button.setAttribute('onclick', 'window.pwned = 1');
    document.body.append(button);
    button.click();
  });
  assert.equal(await other.evaluate(() => window.pwned), undefined);
});

test('the filter does what it says, and the address keeps it', { skip }, async () => {
  const url = mixed();
  const { page, done } = await open(url);
  const all = ['KEY01 a/main.tf:1', 'KEY01 a/main.tf:4', 'KEY01 main.tf:1', 'IMDS01 a/b/main.tf:2'];
  assert.deepEqual(await places(page), all);
  await page.selectOption('[name=policy]', 'IMDS01');
  assert.deepEqual(await places(page), all.slice(3));
  assert.equal(await page.textContent('#filter output'), '1 of 4 findings');
  assert.equal(await fragment(page), '#policy=IMDS01');
  await reset(page);
  assert.deepEqual(await places(page), all);
  assert.equal(await fragment(page), '');
  await page.uncheck('[value=error]');
  assert.deepEqual(await places(page), all.slice(3));
  await page.check('[value=error]');
  await page.fill('[name=folder]', 'a');
  assert.deepEqual(await places(page), [all[0], all[1], all[3]]);
  await page.fill('[name=folder]', 'a/.');
  assert.deepEqual(await places(page), all.slice(0, 2));
  await page.fill('[name=folder]', '.');
  assert.deepEqual(await places(page), [all[2]]);
  await page.fill('[name=folder]', '');
  await page.fill('[name=q]', 'KEY.two access');
  assert.deepEqual(await places(page), [all[1]]);
  await page.reload();
  assert.deepEqual(await places(page), [all[1]]);
  assert.equal(await page.inputValue('[name=q]'), 'KEY.two access');
  await page.fill('[name=q]', 'nowhere to be found');
  assert.deepEqual(await places(page), []);
  await done();
});

test('columns sort both ways, by keyboard too', { skip }, async () => {
  const { page, done } = await open(mixed());
  const button = page.locator('#findings th button', { hasText: 'Place' });
  await button.focus();
  await page.keyboard.press('Enter');
  const sorted = ['IMDS01 a/b/main.tf:2', 'KEY01 a/main.tf:1', 'KEY01 a/main.tf:4', 'KEY01 main.tf:1'];
  assert.deepEqual(await places(page), sorted);
  assert.equal(await page.getAttribute('#findings th:nth-child(3)', 'aria-sort'), 'ascending');
  await page.keyboard.press('Enter');
  assert.deepEqual(await places(page), sorted.toReversed());
  assert.equal(await page.getAttribute('#findings th:nth-child(3)', 'aria-sort'), 'descending');
  await page.locator('#findings th button', { hasText: 'Severity' }).click();
  assert.equal((await places(page))[3], 'IMDS01 a/b/main.tf:2');
  await done();
});

test('a cell of the picture leads to its findings', { skip }, async () => {
  const { page, done } = await open(mixed());
  const cell = page.locator('#map a[aria-label^="KEY01 in a/."]');
  assert.equal(await cell.getAttribute('aria-label'), 'KEY01 in a/.: 2 findings, the worst: error');
  await cell.click();
  assert.deepEqual(await places(page), ['KEY01 a/main.tf:1', 'KEY01 a/main.tf:4']);
  await done();
});

test('the chain is shown as code, with its lines and marks', { skip }, async () => {
  const { page, done } = await open(`${mixed()}#finding-4`);
  assert.ok(await page.$eval('#finding-4 details', (details) => details.open));
  const marks = await page.$$eval('#finding-4 mark', (all) => all.map((mark) => `${mark.closest('.line').dataset.n} ${mark.textContent}`));
  assert.deepEqual(marks, ['2 optional', '7 var.tokens']);
  assert.match(await page.textContent('#open'), /variable `?unknown`? has no default|no default/);
  await done();
});

test('hostile names are text, with scripts and without', { skip }, async () => {
  const url = report({ 'template.json': hostile() });
  for (const javaScriptEnabled of [true, false]) {
    const { page, done } = await open(url, { javaScriptEnabled });
    const shown = await page.locator('#findings tbody > tr summary .who').allTextContents();
    const expected = HOSTILE.map((name) => name.replace('\u202e', '\\u{202e}'));
    assert.deepEqual(shown.toSorted(), expected.toSorted());
    assert.equal(await page.locator('main :is(img, iframe, script, b:not(.tile b, .reasons b), svg:not(#map svg))').count(), 0);
    assert.equal(await page.locator('[onmouseover], [onerror], [onload]').count(), 0);
    for (const link of await page.locator('a').all()) assert.match(await link.getAttribute('href'), /^(#|https:\/\/)/);
    if (javaScriptEnabled) assert.equal(await page.evaluate(() => window.pwned), undefined);
    await done();
  }
});

test('without scripts everything is there', { skip }, async () => {
  const { page, done } = await open(mixed(), { javaScriptEnabled: false });
  assert.equal((await page.locator('#findings tbody > tr').count()), 4);
  assert.equal(await page.locator('#filter').isVisible(), false);
  await page.locator('#findings summary').first().click();
  assert.ok(await page.locator('#findings .frame').first().isVisible());
  await done();
});

test('hundreds of findings come in pages, and none is lost', { skip }, async () => {
  const files = {};
  for (let n = 0; n < 450; n += 1) files[`m${n % 9}/f${n}.tf`] = KEY(`k${n}`);
  const url = report(files);
  const { page, done } = await open(url);
  const rows = page.locator('#findings table.list > tbody > tr');
  assert.equal(await rows.count(), 200);
  assert.equal(await page.textContent('#filter output'), '450 of 450 findings');
  await page.click('#findings .more button:first-child');
  assert.equal(await rows.count(), 400);
  await page.click('#findings .more button:first-child');
  assert.equal(await rows.count(), 450);
  assert.equal(new Set(await places(page)).size, 450);
  assert.equal(await page.locator('#findings .more').isVisible(), false);
  await page.fill('[name=folder]', 'm8');
  assert.equal(await rows.count(), 50);
  await done();
  const late = await open(`${url}#finding-441`);
  assert.ok(await late.page.locator('#finding-441 .frame').first().isVisible());
  await late.done();
  const plain = await open(url, { javaScriptEnabled: false });
  assert.equal(await plain.page.locator('#findings tbody > tr').count(), 450);
  await plain.done();
});

// WCAG 2.1: the relation of the luminances.
const contrasts = () => {
  const rgb = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const low = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!text || element.closest('svg, script, noscript, .zero, :disabled, label:has(:disabled)') || !element.checkVisibility()) continue;
    let behind = element;
    while (behind && (rgb(getComputedStyle(behind).backgroundColor)[3] === 0)) behind = behind.parentElement;
    const [front, back] = [getComputedStyle(element).color, getComputedStyle(behind || document.body).backgroundColor].map((colour) => light(rgb(colour)));
    const ratio = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (ratio < 4.5) low.push(`${element.tagName}.${element.className} ${element.textContent.slice(0, 30)}: ${ratio.toFixed(2)}`);
  }
  return low;
};

for (const colorScheme of ['light', 'dark']) {
  test(`texts stand out, ${colorScheme}, wide and narrow`, { skip }, async () => {
    for (const width of [1400, 400]) {
      const { page, done } = await open(mixed(), { colorScheme, viewport: { width, height: 900 } });
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
      assert.deepEqual(await page.evaluate(contrasts), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `wider than ${width}`);
      await done();
    }
  });
}

test('controls have names, headings come in order, and it prints opened', { skip }, async () => {
  const { page, done } = await open(mixed());
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  const unnamed = await page.$$eval('#filter :is(input, select)', (all) => all.filter((control) => control.labels.length === 0).length);
  assert.equal(unnamed, 0);
  const levels = await page.$$eval('h1, h2, h3', (all) => all.map((heading) => Number(heading.tagName[1])));
  assert.equal(levels[0], 1);
  levels.forEach((level, at) => assert.ok(at === 0 || level <= levels[at - 1] + 1, levels.join()));
  assert.equal(await page.locator('th:not([scope=col])').count(), 0);
  await page.emulateMedia({ media: 'print' });
  assert.ok((await page.locator('#finding-1 pre').first().boundingBox()).height > 20);
  assert.equal(await page.locator('#filter').isVisible(), false);
  await done();
});
