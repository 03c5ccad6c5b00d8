// Signs files with c2pa-rs (its Node binding). For each FILE it writes
// FILE.plain, FILE.chained, which has the former as parent, and FILE.first
// with a claim of version 1.
// Use: node sign.mjs MODULES KEY.pem CHAIN.pem FILE...
// With BLOCKS=n a film's data are hashed in blocks of n KB, in a tree. UPDATES=1
// writes FILE.updated, too, an update of FILE.plain.
// With ROUNDS=n it measures instead: ms to sign, and ms to read and validate,
// the best of n, as a line of JSON for each file.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, key, chain, ...files] = process.argv.slice(2)
const { Builder, LocalSigner, Reader } = await import(pathToFileURL(path.join(modules, '@contentauth/c2pa-node/dist/index.js')))
const types = { '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.mp4': 'video/mp4', '.avif': 'image/avif' }
const signer = LocalSigner.newSigner(fs.readFileSync(chain), fs.readFileSync(key), 'es256')
const settings = { verify: { verify_after_sign: false }, builder: { thumbnail: { enabled: false } } }
if (process.env.BLOCKS) settings.core = { merkle_tree_chunk_size_in_kb: Number(process.env.BLOCKS) }
const source = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia'
const definition = (actions) => ({
  claim_version: 2, title: 'outside', claim_generator_info: [{ name: 'outside', version: '1' }],
  assertions: [{ label: 'c2pa.actions.v2', data: { actions } }],
})
const made = () => Builder.withJson(definition([{ action: 'c2pa.created', digitalSourceType: source }]), settings)
const rounds = Number(process.env.ROUNDS ?? 0)
for (const file of files) {
  const mimeType = types[path.extname(file)]
  if (rounds) {
    const best = { sign: Infinity, verify: Infinity }
    for (let i = 0; i < rounds; i++) {
      const out = file + '.timed'
      let begin = performance.now()
      made().sign(signer, { path: file, mimeType }, { path: out, mimeType })
      best.sign = Math.min(best.sign, performance.now() - begin)
      begin = performance.now()
      const reader = await Reader.fromAsset({ path: out, mimeType }, settings)
      reader.json()
      best.verify = Math.min(best.verify, performance.now() - begin)
    }
    console.log(JSON.stringify(best))
    continue
  }
  made().sign(signer, { path: file, mimeType }, { path: file + '.plain', mimeType })
  const next = Builder.withJson(definition([]), settings)
  next.setIntent('edit')
  const old = Builder.withJson({ ...definition([{ action: 'c2pa.created', digitalSourceType: source }]), claim_version: 1, claim_generator: 'outside/1' }, settings)
  if (!process.env.BLOCKS) old.sign(signer, { path: file, mimeType }, { path: file + '.first', mimeType })
  if (process.env.UPDATES && mimeType !== 'image/webp') {
    const update = Builder.withJson({ claim_version: 2, title: 'outside', claim_generator_info: [{ name: 'outside', version: '1' }] }, settings)
    update.setIntent('update')
    update.sign(signer, { path: file + '.plain', mimeType }, { path: file + '.updated', mimeType })
  }
  next.sign(signer, { path: file + '.plain', mimeType }, { path: file + '.chained', mimeType })
}
