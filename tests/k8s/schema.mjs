// Holds objects against the types of the Kubernetes API as its own client has them: unknown fields and wrong types, with their paths. An API
// server would say more (admission, defaults); none can be had offline.
import * as kubernetes from '@kubernetes/client-node';

const SCALARS = { string: 'string', number: 'number', boolean: 'boolean' };

const typeOf = ({ apiVersion, kind }) => {
  const version = apiVersion.split('/').pop();
  return `${version[0].toUpperCase()}${version.slice(1)}${kind}`;
};

function check(value, type, path, faults) {
  const list = /^(?:Array|Set)<(.*)>$/.exec(type);
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type);
  if (type === 'any' || type === 'object' || type === 'Date' || type === 'IntOrString') return;
  if (type in SCALARS) {
    if (typeof value !== SCALARS[type]) faults.push(`${path}: ${JSON.stringify(value)} is no ${type}`);
  } else if (list) {
    if (!Array.isArray(value)) faults.push(`${path}: no list`);
    else value.forEach((element, index) => check(element, list[1], `${path}[${index}]`, faults));
  } else if (map) {
    for (const [key, element] of Object.entries(value)) check(element, map[1], `${path}.${key}`, faults);
  } else if (kubernetes[type]?.getAttributeTypeMap) {
    const fields = new Map(kubernetes[type].getAttributeTypeMap().map((field) => [field.baseName, field.type]));
    if (value === null || typeof value !== 'object') return faults.push(`${path}: no object`);
    for (const [key, element] of Object.entries(value)) {
      if (fields.has(key)) check(element, fields.get(key), `${path}.${key}`, faults);
      else faults.push(`${path}.${key}: unknown field`);
    }
  } else if (typeof value !== 'string') {
    faults.push(`${path}: the check does not know the type ${type}`); // enumerations are strings
  }
}

/** What is wrong with one object; empty: nothing that can be seen offline. */
export function schemaFaults(object) {
  const type = typeOf(object);
  if (!kubernetes[type]) return [`${object.kind}/${object.metadata?.name}: unknown kind ${object.apiVersion} ${object.kind}`];
  const faults = [];
  check(object, type, `${object.kind}/${object.metadata.name}`, faults);
  return faults;
}
