// What runs in the browser: the main job in the three protocols that @connectrpc/connect-web speaks.
import { createClient } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { ApplicationService } from "../gen/jiebang/application/v1/application_service_pb.js";
import { equal } from "./assert.mjs";
import { checklist } from "./checks.mjs";
import { doJob } from "./job.mjs";

// `say` is what Node gave the page.
const checksOf = (protocol) => checklist(protocol, (line) => globalThis.say(line));

export async function run(setting) {
  const baseUrl = setting.http;
  const transports = {
    json: createConnectTransport({ baseUrl, useBinaryFormat: false }),
    binary: createConnectTransport({ baseUrl, useBinaryFormat: true }),
    "grpc-web": createGrpcWebTransport({ baseUrl }),
  };
  for (const [protocol, transport] of Object.entries(transports)) {
    await doJob(transport, setting, setting.jobs[`connect-web ${protocol}`], checksOf(protocol));
  }
  await checksOf("get")("reads what the browser may keep, and asks again with its ETag", async () => {
    const transport = createConnectTransport({ baseUrl, useBinaryFormat: false, useHttpGet: true });
    const programmes = createClient(ApplicationService, transport);
    const first = await programmes.getProgramme({ name: setting.programme });
    const second = await programmes.getProgramme({ name: setting.programme });
    equal(second.programme.id, first.programme.id, "the programme");
  });
}

// From an origin that was not allowed.
export async function tryToRead(setting) {
  const transport = createConnectTransport({ baseUrl: setting.http });
  try {
    await createClient(ApplicationService, transport).listProgrammes({});
    return "was answered";
  } catch (error) {
    return `refused: ${error}`;
  }
}
