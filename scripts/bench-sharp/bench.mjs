// Does with sharp what main.go does with the compositor, in two ways, and prints
// one line of JSON: the milliseconds of each run and the bytes of the last file.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import sharp from "sharp";

const [folder, runs, quality, effort] = [process.argv[2], ...process.argv.slice(3).map(Number)];
sharp.cache(false);
const job = JSON.parse(await readFile(join(folder, "job.json"), "utf8"));
const background = await readFile(join(folder, "background.png"));
const read = (prefix, scale) =>
  Promise.all(
    job.layers.map(async (l) => ({
      input: await readFile(join(folder, prefix + l.file)),
      left: Math.round(l.left * scale),
      top: Math.round(l.top * scale),
    })),
  );
const full = await read("", 1);
const half = await read("small-", job.width / job.side);

// As the job is told: composed at its own size, resized after. Sharp resizes
// before it composes in one pipeline, so this takes two.
async function composed() {
  const whole = await sharp(background).composite(full).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return sharp(whole.data, { raw: whole.info }).resize(job.width).webp({ quality, effort }).toBuffer();
}

// As someone would who knows sharp well: everything at the final size.
const small = () => sharp(background).resize(job.width).composite(half).webp({ quality, effort }).toBuffer();

const out = { composed: [], small: [], bytes: 0 };
await composed();
await small();
for (let i = 0; i < runs; i++) {
  let start = performance.now();
  out.bytes = (await composed()).length;
  out.composed.push(performance.now() - start);
  start = performance.now();
  await small();
  out.small.push(performance.now() - start);
}
console.log(JSON.stringify(out));
