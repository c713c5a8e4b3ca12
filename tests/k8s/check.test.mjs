import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { policyFaults } from './policy.mjs';
import { render } from './render.mjs';
import { schemaFaults } from './schema.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'k8s');
const overlays = readdirSync(join(root, 'overlays')).map((name) => join(root, 'overlays', name));

for (const overlay of overlays) {
  test(`${overlay.slice(root.length + 1)} is what the API knows`, () => {
    assert.deepEqual(render(overlay).flatMap(schemaFaults), []);
  });
  test(`${overlay.slice(root.length + 1)} keeps our rules`, () => {
    assert.deepEqual(policyFaults(render(overlay)), []);
  });
  test(`${overlay.slice(root.length + 1)} renders as kubectl renders it`, (context) => {
    let rendered;
    try {
      rendered = execFileSync('kubectl', ['kustomize', overlay], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    } catch {
      return context.skip('no kubectl that knows components');
    }
    const key = ({ kind, metadata }) => `${kind}/${metadata.name}`;
    const sorted = (objects) => [...objects].sort((a, b) => key(a).localeCompare(key(b)));
    assert.deepEqual(sorted(render(overlay)), sorted(parseAllDocuments(rendered).map((document) => document.toJS())));
  });
}

test('the schema check sees a misspelt field and a wrong type', () => {
  const object = {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' },
    spec: { replicas: 'two', template: { spec: { containers: [{ name: 'x', readynessProbe: {} }] } } },
  };
  assert.deepEqual(schemaFaults(object), [
    'Deployment/x.spec.replicas: "two" is no number',
    'Deployment/x.spec.template.spec.containers[0].readynessProbe: unknown field',
  ]);
});

test('the rules see an address without a service and a call without a network policy', () => {
  const objects = render(overlays[0]);
  const quota = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'quota');
  quota.spec.template.spec.containers[0].args.push('--application=dns:///aplication:8080', '--review=dns:///review:8080');
  assert.deepEqual(policyFaults(objects), [
    'quota: --application=dns:///aplication:8080 leads to no port of a service',
    'review: its network policy does not admit quota',
  ]);
});

test('the rules see a gateway that is open to more than its proxy', () => {
  const objects = render(overlays[0]);
  delete objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'gateway').spec.ingress[0].from;
  assert.deepEqual(policyFaults(objects), ['gateway: its network policy admits everybody']);
});
