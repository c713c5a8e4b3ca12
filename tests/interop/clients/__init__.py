"""The clients by the name that ./run prints, in the order in which they are tried."""

from clients import browser, buf_curl, curl, curl_platform, grpcio, node

CLIENTS = {
    "grpcio": grpcio.run,
    "grpc-js": node.grpc_js,
    "connect-node": node.connect_node,
    "connect-web": browser.run,
    "buf curl": buf_curl.run,
    "curl": curl.run,
    "curl platform": curl_platform.run,
}
