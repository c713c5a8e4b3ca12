// One page of a list, as a repository gives it.
#ifndef JIEBANG_SERVICES_REVIEW_REPOSITORY_PAGE_H_
#define JIEBANG_SERVICES_REVIEW_REPOSITORY_PAGE_H_

#include <string>
#include <vector>

namespace jiebang::review {

template <class T>
struct Page {
  std::vector<T> items;
  std::string next;  // where to go on; empty: this was the last page
};

}  // namespace jiebang::review

#endif  // JIEBANG_SERVICES_REVIEW_REPOSITORY_PAGE_H_
