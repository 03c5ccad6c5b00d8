// Validates files with c2pa-rs (as WebAssembly) and prints a line of JSON each.
// Use: node validate.mjs MODULES ANCHORS.pem|- FILE...
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [modules, anchors, ...files] = process.argv.slice(2)
const entry = path.join(modules, '@contentauth/c2pa-wasm/pkg/c2pa.js')
const { default: init, WasmReader } = await import(pathToFileURL(entry))
await init({ module_or_path: fs.readFileSync(path.join(path.dirname(entry), 'c2pa_bg.wasm')) })
const types = { '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.mp4': 'video/mp4', '.avif': 'image/avif' }
const usages = ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36', '1.3.6.1.5.5.7.3.8', '1.3.6.1.5.5.7.3.9', '1.3.6.1.4.1.62558.2.1'].join('\n')
const trust = { trust_config: usages }
if (anchors !== '-') trust.user_anchors = fs.readFileSync(anchors, 'utf8')
const context = JSON.stringify({ trust, verify: { verify_trust: true } })
for (const file of files) {
  try {
    const reader = await WasmReader.fromBytes(types[path.extname(file)], new Uint8Array(fs.readFileSync(file)), context)
    const store = JSON.parse(reader.json())
    const results = store.validation_results?.activeManifest ?? {}
    const codes = (kind) => [...new Set((results[kind] ?? []).map((x) => x.code))]
    const deltas = (store.validation_results?.ingredientDeltas ?? []).flatMap((d) => (d.validationDeltas?.failure ?? []).map((x) => x.code))
    console.log(JSON.stringify({ state: store.validation_state, failures: codes('failure'), informational: codes('informational'), successes: codes('success'), deltas, explanations: (results.failure ?? []).map((x) => x.explanation), manifests: Object.keys(store.manifests).length }))
  } catch (error) {
    console.log(JSON.stringify({ state: 'Error', failures: [String(error?.message ?? error)] }))
  }
}
