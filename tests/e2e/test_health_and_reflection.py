"""What operators and other people's clients ask first: is it well, and what does it speak?"""

import subprocess

import grpc
import pytest

from jiebang_client import CallError, contracts
from jiebang_client.contracts import ROOT
from jiebang_client.suite import CONTRACTS, SERVICES

# The service of the rehearsal is in the single process only.
OPTIONAL = {"jiebang.rehearsal.v1.RehearsalService"}


@pytest.mark.parametrize("service", ["", *CONTRACTS])
def test_health_is_serving_for_the_suite_and_each_service(suite, service):
    answer = suite.nobody().call("Health/Check", service=service)
    assert answer.status == answer.SERVING


def test_health_of_what_is_not_there_is_not_found(suite):
    with pytest.raises(CallError) as caught:
        suite.nobody().call("Health/Check", service="jiebang.bribe.v1.BribeService")
    assert caught.value.code == grpc.StatusCode.NOT_FOUND


def reflect(suite, **request):
    """One question to the reflection service."""
    method = contracts.method("ServerReflection/ServerReflectionInfo")
    channel = grpc.insecure_channel(suite.address)
    stub = channel.stream_stream(
        method.path,
        request_serializer=method.request.SerializeToString,
        response_deserializer=method.response.FromString,
    )
    with channel:
        (answer,) = stub(iter([method.request(**request)]), timeout=20)
    return answer


def test_reflection_lists_every_service(suite):
    answer = reflect(suite, list_services="")
    names = {service.name for service in answer.list_services_response.service}
    assert names - OPTIONAL == {*CONTRACTS, "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"}


@pytest.mark.parametrize("service", CONTRACTS)
def test_reflection_knows_the_contract_of_each_service(suite, service):
    answer = reflect(suite, file_containing_symbol=service)
    assert answer.file_descriptor_response.file_descriptor_proto


def test_reflection_says_so_when_it_knows_nothing(suite):
    answer = reflect(suite, file_containing_symbol="jiebang.bribe.v1.BribeService")
    assert answer.error_response.error_code == grpc.StatusCode.NOT_FOUND.value[0]


def test_buf_curl_calls_by_reflection_alone(suite):
    (buf,) = (ROOT / "protos/node_modules/@bufbuild").glob("buf-linux-*/bin/buf")
    command = [buf, "curl", "--protocol", "grpc", "--http2-prior-knowledge"]
    command += [f"http://{suite.address}/jiebang.application.v1.ApplicationService/ListProgrammes", "-d", "{}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert "programmes/pilot-demonstration-2023" in done.stdout, done.stderr


def test_health_follows_a_service_that_ends(tmp_path, programmes):
    from conftest import START
    from jiebang_client import SeparateSuite
    from jiebang_client.process import wait_until

    with SeparateSuite(tmp_path, START, programmes=programmes) as suite:
        suite.service("review").kill()
        wait_until(lambda: not suite.client.serving(SERVICES["review"]), "the gateway's noticing")
        assert not suite.client.serving()
        assert suite.client.serving(SERVICES["quota"])
        suite.start()  # what was killed comes back, and the gateway notices by itself
        suite.nobody().call("QuotaService/ListUnits")
