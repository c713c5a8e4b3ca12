// Checks as the runner reads them: a line of JSON each.
export function checklist(prefix, say = (line) => console.log(line)) {
  // Resolves to what `body` does, or to true; to undefined when it failed, which is told and ends nothing.
  return async function check(what, body) {
    try {
      const result = await body();
      say(JSON.stringify({ check: `${prefix}: ${what}` }));
      return result ?? true;
    } catch (fault) {
      const place = (fault.stack ?? "").split("\n").find((line) => line.includes(".mjs")) ?? "";
      say(JSON.stringify({ check: `${prefix}: ${what}`, fault: `${fault} ${place.trim()}`.slice(0, 700) }));
      return undefined;
    }
  };
}
