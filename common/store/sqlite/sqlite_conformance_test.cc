#include <memory>

#include "common/store/conformance/conformance.h"
#include "common/store/sqlite/sqlite_store.h"
#include "common/testing/temporary_directory.h"

namespace jiebang::store {
namespace {

INSTANTIATE_TEST_SUITE_P(Sqlite, Conformance,
                         testing::Values(Engine{"Sqlite", [] {
                                                  const auto directory = std::make_shared<TemporaryDirectory>();
                                                  return [directory] {
                                                    return OpenSqliteStore(directory->path() / "store.db");
                                                  };
                                                }}));

}  // namespace
}  // namespace jiebang::store
