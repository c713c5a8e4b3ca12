// Renders the part of kustomize that k8s/ uses: resources, components, namespace. Debian 12 ships a kubectl whose kustomize knows no
// components; where a newer one is at hand, check compares with it.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';

const KNOWN = new Set(['apiVersion', 'kind', 'resources', 'components', 'namespace']);
const CLUSTER_WIDE = new Set(['Namespace']);

/** All objects of a kustomization's directory, in its order. */
export function render(directory) {
  const path = join(directory, 'kustomization.yaml');
  const kustomization = parse(readFileSync(path, 'utf8'));
  for (const key of Object.keys(kustomization)) {
    if (!KNOWN.has(key)) throw new Error(`${path}: render.mjs does not know "${key}"`);
  }
  const objects = [];
  for (const entry of [...(kustomization.resources ?? []), ...(kustomization.components ?? [])]) {
    const target = join(directory, entry);
    objects.push(...(statSync(target).isDirectory() ? render(target) : readObjects(target)));
  }
  for (const object of objects) {
    if (kustomization.namespace && !CLUSTER_WIDE.has(object.kind)) object.metadata.namespace = kustomization.namespace;
  }
  return objects;
}

/** The objects of a file. */
export function readObjects(file) {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0].message}`);
    return document.toJS();
  });
}
