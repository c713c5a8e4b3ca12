// A maturity model as the code asks about it, and the set of models that a process knows.
#ifndef JIEBANG_SERVICES_MATURITY_DOMAIN_MATURITY_MODEL_H_
#define JIEBANG_SERVICES_MATURITY_DOMAIN_MATURITY_MODEL_H_

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "jiebang/maturity/v1/model.pb.h"

namespace jiebang::maturity {

inline constexpr int kLevels = 5;

// The weight for a type, in per cent of its layer; 0: the type does not have it.
int WeightFor(const v1::Weights& weights, v1::ManufacturingType type);

// A subdomain in its place.
struct Leaf {
  const v1::Element* element = nullptr;
  const v1::Domain* domain = nullptr;
  const v1::Subdomain* subdomain = nullptr;
  int first_item = 0;                                       // the place of its first item in the model
  std::array<std::vector<const v1::Item*>, kLevels> items;  // by level - 1
  std::array<bool, v1::ManufacturingType_ARRAYSIZE> is_in_type{};

  const std::string& id() const { return subdomain->id(); }
  const std::vector<const v1::Item*>& ItemsAt(int level) const { return items[level - 1]; }
  // The place of the first item of a level; items of one level stand together.
  int FirstItemAt(int level) const;
  int item_count() const { return subdomain->items_size(); }
  bool IsIn(v1::ManufacturingType type) const {
    const auto index = static_cast<std::size_t>(type);
    return index < is_in_type.size() && is_in_type[index];
  }
};

// One version of a model; immutable. Comes out of LoadModels (model_loader.h), which has checked it. A question about
// an id that the model does not have is answered with nullptr or nullopt, because such ids come from callers.
class MaturityModel {
 public:
  explicit MaturityModel(v1::Model proto);
  MaturityModel(const MaturityModel&) = delete;
  MaturityModel& operator=(const MaturityModel&) = delete;

  const std::string& name() const { return proto_.name(); }
  const v1::Model& proto() const { return proto_; }

  // The subdomains in the model's order.
  const std::vector<Leaf>& leaves() const { return leaves_; }
  const Leaf* FindSubdomain(std::string_view id) const;

  // The items in the model's order; an item's place is its index here.
  const std::vector<const v1::Item*>& items() const { return items_; }
  std::optional<int> PlaceOfItem(std::string_view item) const;
  // Whether the item stands there, which is quicker to say than where it does.
  bool IsItemAt(std::size_t place, std::string_view item) const {
    return place < item_ids_.size() && item_ids_[place] == item;
  }
  const Leaf& LeafOfItem(int place) const { return leaves_[leaf_of_place_[place]]; }

  // What a degree is worth in tenths; a degree that is none, or none given, is worth 0.
  int TenthsOf(v1::Degree degree) const {
    const auto index = static_cast<std::size_t>(degree);
    return index < tenths_.size() ? tenths_[index] : 0;
  }

 private:
  // What follows points into it.
  const v1::Model proto_;

  std::vector<Leaf> leaves_;
  std::vector<const v1::Item*> items_;
  std::vector<std::string_view> item_ids_;  // by place
  std::vector<int> leaf_of_place_;
  std::array<int, v1::Degree_ARRAYSIZE> tenths_{};
  absl::flat_hash_map<absl::string_view, int> leaf_of_subdomain_;
  absl::flat_hash_map<absl::string_view, int> place_of_item_;
};

// The models of a process, by name. A copy is cheap and shares them.
class ModelCatalogue {
 public:
  ModelCatalogue() = default;
  explicit ModelCatalogue(std::vector<std::shared_ptr<const MaturityModel>> models);

  // nullptr if there is none with this name, `models/{model}`.
  std::shared_ptr<const MaturityModel> Find(std::string_view name) const;

  // Ascending.
  std::vector<std::string> names() const;

 private:
  std::map<std::string, std::shared_ptr<const MaturityModel>, std::less<>> by_name_;
};

}  // namespace jiebang::maturity

#endif  // JIEBANG_SERVICES_MATURITY_DOMAIN_MATURITY_MODEL_H_
