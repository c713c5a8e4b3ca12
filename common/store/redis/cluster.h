// A Redis Cluster: any of its servers says who answers for which slot.
#ifndef JIEBANG_COMMON_STORE_REDIS_CLUSTER_H_
#define JIEBANG_COMMON_STORE_REDIS_CLUSTER_H_

#include <map>
#include <memory>
#include <vector>

#include "common/store/redis/discovery.h"
#include "common/store/redis/node.h"

namespace jiebang::store::redis {

class Cluster : public Discovery {
 public:
  // `seeds`: some of its servers, of which one at least answers at the start.
  Cluster(EventLoop& loop, Crew& crew, std::vector<Endpoint> seeds, NodeOptions options);

  Task<absl::StatusOr<SlotMap>> Look() override;
  absl::Duration period() const override { return absl::Seconds(10); }
  void Close() override;
  void Break() override;

 private:
  // Connections to all servers that are known, and to no others.
  void Know(const SlotMap& map);
  Task<absl::StatusOr<SlotMap>> Ask(Node& informant);

  EventLoop& loop_;
  Crew& crew_;
  const std::vector<Endpoint> seeds_;
  const NodeOptions options_;
  std::map<Endpoint, std::shared_ptr<Node>> informants_;
  std::size_t next_ = 0;  // whom to ask first
};

}  // namespace jiebang::store::redis

#endif  // JIEBANG_COMMON_STORE_REDIS_CLUSTER_H_
