// Asks c2pa-rs (its Node binding) for the address of the remote credential of
// each FILE, and judges the file by FILE.c2pa. Prints a line of JSON each.
// Use: node remote.mjs MODULES ANCHORS.pem FILE...
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, anchors, ...files] = process.argv.slice(2)
const { Reader } = await import(pathToFileURL(path.join(modules, '@contentauth/c2pa-node/dist/index.js')))
const types = { '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.mp4': 'video/mp4', '.avif': 'image/avif' }
const trust = { user_anchors: fs.readFileSync(anchors, 'utf8') }
for (const file of files) {
  const asset = { buffer: fs.readFileSync(file), mimeType: types[path.extname(file)] }
  let address = ''
  try {
    await Reader.fromAsset(asset, { verify: { remote_manifest_fetch: false } })
  } catch (error) {
    address = /RemoteManifestUrl\("([^"]*)"\)/.exec(String(error))?.[1] ?? String(error)
  }
  const reader = await Reader.fromManifestDataAndAsset(fs.readFileSync(file + '.c2pa'), asset, { trust, verify: { verify_trust: true } })
  const json = reader.json()
  console.log(JSON.stringify({ address, state: (typeof json === 'string' ? JSON.parse(json) : json).validation_state }))
}
