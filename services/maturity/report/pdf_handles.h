// Owners of what Cairo and Pango give out.
#ifndef JIEBANG_SERVICES_MATURITY_REPORT_PDF_HANDLES_H_
#define JIEBANG_SERVICES_MATURITY_REPORT_PDF_HANDLES_H_

#include <memory>

#include <pango/pangocairo.h>

namespace jiebang::maturity::pdf {

struct Release {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoFontMap* map) const { g_object_unref(map); }
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
};

template <class T>
using Owned = std::unique_ptr<T, Release>;

}  // namespace jiebang::maturity::pdf

#endif  // JIEBANG_SERVICES_MATURITY_REPORT_PDF_HANDLES_H_
