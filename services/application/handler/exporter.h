// The background task that writes exports and takes expired ones away.
#ifndef JIEBANG_SERVICES_APPLICATION_HANDLER_EXPORTER_H_
#define JIEBANG_SERVICES_APPLICATION_HANDLER_EXPORTER_H_

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/async/task.h"
#include "common/clock/clock.h"
#include "services/application/repository/application_listing.h"
#include "services/application/repository/export_repository.h"

namespace jiebang::application {

// Any number of processes may run one over the same store: a step is kept only where it follows the last one that is
// kept, so what one was at when it died, the next one goes on with.
class Exporter {
 public:
  // All outlive it.
  Exporter(ExportRepository& exports, const ApplicationListing& listing, const Clock& clock)
      : exports_(exports), listing_(listing), clock_(clock) {}

  // Runs until the home executor stops.
  Task<void> Run();

  // One page of each export that runs. True: there was one.
  Task<bool> Round();

  // Takes away what has expired.
  Task<void> RemoveExpired();

 private:
  // The next page of one export. UNAVAILABLE, ABORTED: another round tries again; any other error ends the export.
  Task<absl::Status> GoOnWith(VersionedExport present);

  ExportRepository& exports_;
  const ApplicationListing& listing_;
  const Clock& clock_;
};

}  // namespace jiebang::application

#endif  // JIEBANG_SERVICES_APPLICATION_HANDLER_EXPORTER_H_
