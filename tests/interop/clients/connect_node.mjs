// @connectrpc/connect-node: gRPC on HTTP/2; Connect in JSON, in binary and with GET, and gRPC-Web on HTTP/1.1.
import { readFileSync } from "node:fs";
import { create, createRegistry } from "@bufbuild/protobuf";
import { Code, createClient } from "@connectrpc/connect";
import { compressionGzip, createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { BadRequestSchema, file_google_rpc_error_details } from "../gen/google/rpc/error_details_pb.js";
import { ApplicantSchema } from "../gen/jiebang/application/v1/applicant_pb.js";
import { ApplicationService } from "../gen/jiebang/application/v1/application_service_pb.js";
import { file_jiebang_application_v1_export } from "../gen/jiebang/application/v1/export_pb.js";
import { ManufacturingType } from "../gen/jiebang/maturity/v1/model_pb.js";
import { MaturityService } from "../gen/jiebang/maturity/v1/maturity_service_pb.js";
import { equal, ok } from "./assert.mjs";
import { checklist } from "./checks.mjs";
import { as, doJob, reasonOf, refusal } from "./job.mjs";
import { doStreams } from "./streams.mjs";

const setting = JSON.parse(readFileSync(process.argv[2], "utf8"));
const http1 = { baseUrl: setting.http, httpVersion: "1.1" };

// Remembers the headers of the last answer.
function witness() {
  const seen = {};
  const interceptor = (next) => async (request) => {
    const response = await next(request);
    seen.headers = response.header;
    return response;
  };
  return { seen, interceptor };
}

async function grpc() {
  const check = checklist("grpc");
  const transport = createGrpcTransport({ baseUrl: `http://${setting.grpc}` });
  await doJob(transport, setting, setting.jobs["connect-node grpc"], check);
  await doStreams(transport, setting, setting.imports["connect-node grpc"], check);
  await check("evaluates a batch on one stream", async () => {
    async function* requests() {
      for (const evaluationId of ["a", "b", "c"]) {
        yield { model: setting.model, manufacturingType: ManufacturingType.DISCRETE, evaluationId };
      }
    }
    const answers = [];
    const stream = createClient(MaturityService, transport).evaluateBatch(requests(), as(setting.ministryBearer));
    for await (const answer of stream) answers.push(answer.evaluationId);
    equal(answers.join(), "a,b,c", "the answers");
  });
}

async function json() {
  const check = checklist("json");
  const { seen, interceptor } = witness();
  // What an Any may hold: reasons of items, and what an operation says of itself.
  const registry = createRegistry(file_google_rpc_error_details, file_jiebang_application_v1_export);
  const given = { useBinaryFormat: false, jsonOptions: { registry }, interceptors: [interceptor] };
  const transport = createConnectTransport({ ...http1, ...given });
  await doJob(transport, setting, setting.jobs["connect-node json"], check);
  await doStreams(transport, setting, setting.imports["connect-node json"], check);
  await check("posts and is answered in JSON, with nothing to keep", async () => {
    await createClient(ApplicationService, transport).listProgrammes({});
    equal(seen.headers.get("content-type"), "application/json", "the content type");
    equal(seen.headers.get("etag"), null, "the ETag");
  });
  await check("is told every field that breaks its limits", async () => {
    const applicant = create(ApplicantSchema, { name: setting.jobs["connect-node json"].name });
    const call = createClient(ApplicationService, transport).createApplicant({ applicant }, as(setting.jobs["connect-node json"].bearer));
    const error = await refusal(call);
    equal(error.code, Code.InvalidArgument, "the code");
    equal(reasonOf(error), "FIELDS_INVALID", "the reason");
    const fields = error.findDetails(BadRequestSchema)[0].fieldViolations.map((each) => each.field).sort();
    equal(fields.join(), "applicant.display_name,applicant.industry_code,applicant.legal_form,applicant.region_code", "the fields");
  });
}

async function binary() {
  const check = checklist("binary");
  const { seen, interceptor } = witness();
  const gzip = { sendCompression: compressionGzip, acceptCompression: [compressionGzip], compressMinBytes: 0 };
  const transport = createConnectTransport({ ...http1, useBinaryFormat: true, interceptors: [interceptor], ...gzip });
  await doJob(transport, setting, setting.jobs["connect-node binary"], check);
  await doStreams(transport, setting, setting.imports["connect-node binary"], check);
  await check("sends and takes gzip", async () => {
    await createClient(ApplicationService, transport).getProgramme({ name: setting.programme });
    equal(seen.headers.get("content-type"), "application/proto", "the content type");
    equal(seen.headers.get("content-encoding"), "gzip", "the encoding");
  });
}

async function get() {
  const check = checklist("get");
  const { seen, interceptor } = witness();
  const transport = createConnectTransport({ ...http1, useBinaryFormat: false, useHttpGet: true, interceptors: [interceptor] });
  await doJob(transport, setting, setting.jobs["connect-node get"], check);
  await check("reads with GET, which alone is given an ETag", async () => {
    const { programme } = await createClient(ApplicationService, transport).getProgramme({ name: setting.programme });
    ok(seen.headers.get("etag"), "no ETag");
    ok(seen.headers.get("cache-control"), "no Cache-Control");
    ok(programme.tracks.length > 0, "no tracks");
  });
  await check("writes with POST", async () => {
    const { bearer, name } = setting.jobs["connect-node get"];
    const applicant = create(ApplicantSchema, { name, contactName: "张三" });
    await createClient(ApplicationService, transport).updateApplicant({ applicant }, as(bearer));
    equal(seen.headers.get("etag"), null, "the ETag");
  });
}

async function grpcWeb() {
  const transport = createGrpcWebTransport(http1);
  const check = checklist("grpc-web");
  await doJob(transport, setting, setting.jobs["connect-node grpc-web"], check);
  await doStreams(transport, setting, setting.imports["connect-node grpc-web"], check);
}

for (const speak of [grpc, json, binary, get, grpcWeb]) await speak();
process.exit(0); // connections that are kept alive would keep this process, too
