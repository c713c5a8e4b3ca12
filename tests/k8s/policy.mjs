// What we want of our own manifests beyond their schema.
const workloads = (objects) => objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');
const label = (object) => object.spec.template.metadata.labels['app.kubernetes.io/name'];
const named = (objects, kind, name) => objects.find((object) => object.kind === kind && object.metadata.name === name);

function podFaults(workload) {
  const pod = workload.spec.template.spec;
  const name = `${workload.kind}/${workload.metadata.name}`;
  const faults = [];
  const want = (holds, what) => holds || faults.push(`${name}: ${what}`);
  want(pod.securityContext?.runAsNonRoot === true, 'does not forbid root');
  want(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', 'has no seccomp profile');
  want(pod.automountServiceAccountToken === false, 'mounts a token that it does not need');
  want(pod.serviceAccountName, 'has no service account of its own');
  want(pod.terminationGracePeriodSeconds >= 45, 'is killed before it has drained');
  for (const container of pod.containers) {
    const context = container.securityContext ?? {};
    want(context.allowPrivilegeEscalation === false, 'may escalate its privileges');
    want(context.readOnlyRootFilesystem === true, 'may write to its root file system');
    want(context.capabilities?.drop?.includes('ALL'), 'keeps capabilities');
    want(/:[^:]+$/.test(container.image) && !container.image.endsWith(':latest'), `image ${container.image} is not pinned`);
    want(container.resources?.requests?.cpu && container.resources?.requests?.memory, 'requests nothing');
    want(container.resources?.limits?.memory, 'has no limit of memory');
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) want(container[probe], `has no ${probe}`);
  }
  return faults;
}

// Every address that a process is told leads to a service whose port its target opens, along an arrow of the network policies.
function addressFaults(objects) {
  const faults = [];
  for (const workload of workloads(objects)) {
    for (const container of workload.spec.template.spec.containers) {
      for (const argument of container.args ?? []) {
        const address = /(?:dns:\/\/\/|redis:\/\/)([a-z]+):(\d+)/.exec(argument);
        if (!address) continue;
        const [, host, port] = address;
        const from = label(workload);
        const service = named(objects, 'Service', host);
        if (!service?.spec.ports.some((open) => open.port === Number(port))) {
          faults.push(`${from}: ${argument} leads to no port of a service`);
          continue;
        }
        const policy = named(objects, 'NetworkPolicy', host);
        const admitted = (policy?.spec.ingress ?? []).some((rule) =>
          (rule.from ?? []).some((peer) => peer.podSelector.matchLabels['app.kubernetes.io/name'] === from));
        if (policy && !admitted) faults.push(`${host}: its network policy does not admit ${from}`);
      }
    }
  }
  return faults;
}

// The gateway believes what its proxy says of a caller, and the services what the gateway says.
function opennessFaults(objects) {
  const policies = objects.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name !== 'proxy');
  return policies
    .filter(({ spec }) => (spec.ingress ?? []).some((rule) => !rule.from?.length))
    .map(({ metadata }) => `${metadata.name}: its network policy admits everybody`);
}

/** What is wrong with the objects of an overlay as a whole. */
export function policyFaults(objects) {
  const faults = workloads(objects).flatMap(podFaults);
  for (const workload of workloads(objects)) {
    const name = workload.metadata.name;
    const service = named(objects, 'Service', name);
    if (service?.spec.selector['app.kubernetes.io/name'] !== label(workload)) faults.push(`${name}: no Service selects its pods`);
    if (!named(objects, 'ServiceAccount', workload.spec.template.spec.serviceAccountName)) faults.push(`${name}: its service account is missing`);
    if (workload.kind === 'Deployment' && !named(objects, 'PodDisruptionBudget', name)) faults.push(`${name}: no PodDisruptionBudget`);
  }
  return [...faults, ...addressFaults(objects), ...opennessFaults(objects)];
}
