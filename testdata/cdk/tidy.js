// Puts a made-up machine's path in place of this one's, and drops feature flag reports, which nobody here reads.
const fs = require('node:fs');
const path = require('node:path');

const [folder, from, to] = process.argv.slice(2);
for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const file = path.join(entry.parentPath ?? entry.path, entry.name);
  if (!entry.isFile()) continue;
  let text = fs.readFileSync(file, 'utf8').replaceAll(from, to);
  if (entry.name === 'manifest.json') {
    const manifest = JSON.parse(text);
    for (const [id, artifact] of Object.entries(manifest.artifacts ?? {})) {
      if (artifact.type === 'cdk:feature-flag-report') delete manifest.artifacts[id];
    }
    text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  }
  fs.writeFileSync(file, text);
}
