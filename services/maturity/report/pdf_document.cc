#include "services/maturity/report/pdf_document.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/maturity/report/contents.h"
#include "services/maturity/report/figures.h"
#include "services/maturity/report/pdf_front_page.h"
#include "services/maturity/report/pdf_pages.h"
#include "services/maturity/report/pdf_sections.h"
#include <cairo-pdf.h>

namespace jiebang::maturity::pdf {
namespace {

cairo_status_t Append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

absl::Status ToStatus(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("drawing the report: ", cairo_status_to_string(status)));
}

// Boxes in the place of characters are no report.
absl::Status CheckFonts() {
  Typesetter typesetter;
  typesetter.Set("智能制造能力成熟度", {});
  if (typesetter.missing_glyphs() == 0) return absl::OkStatus();
  return absl::InternalError("no font has Chinese characters; install fonts-noto-cjk");
}

void SetMetadata(cairo_surface_t* surface, const Contents& contents) {
  const auto set = [&](cairo_pdf_metadata_t key, const std::string& value) {
    cairo_pdf_surface_set_metadata(surface, key, value.c_str());
  };
  const std::string time = Iso8601(contents.report().generated);
  set(CAIRO_PDF_METADATA_TITLE, absl::StrCat("智能制造能力成熟度自评估报告 ", contents.report().object.title()));
  set(CAIRO_PDF_METADATA_SUBJECT, contents.assessment().name());
  set(CAIRO_PDF_METADATA_CREATOR, "Jiebang");
  set(CAIRO_PDF_METADATA_CREATE_DATE, time);
  set(CAIRO_PDF_METADATA_MOD_DATE, time);
}

Frame FrameOf(const Contents& contents, int page_count) {
  std::string footer = contents.assessment().name();
  if (!contents.assessment().etag().empty()) absl::StrAppend(&footer, " · ", contents.assessment().etag());
  return {.footer = std::move(footer), .watermark = contents.is_draft() ? "草稿 DRAFT" : "", .page_count = page_count};
}

// Draws all pages and answers with their number.
absl::StatusOr<int> Draw(cairo_surface_t* surface, Typesetter& typesetter, const Contents& contents, int page_count) {
  Pages pages(surface, typesetter, FrameOf(contents, page_count));
  DrawFrontPage(pages, contents);
  pages.Break();
  DrawScores(pages, contents);
  DrawFurtherSteps(pages, contents);
  DrawConditionList(pages, contents);
  DrawTailoring(pages, contents);
  DrawRules(pages, contents);
  pages.Break();
  DrawItems(pages, contents);
  pages.Finish();
  RETURN_IF_ERROR(ToStatus(cairo_status(pages.canvas().cairo())));
  return pages.number();
}

// Every footer says how many pages there are, which is known when all are laid out: they are drawn to nowhere first.
absl::StatusOr<int> CountPages(Typesetter& typesetter, const Contents& contents) {
  const cairo_rectangle_t nothing = {0, 0, 0, 0};
  const Owned<cairo_surface_t> surface(cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, &nothing));
  return Draw(surface.get(), typesetter, contents, 0);
}

}  // namespace

absl::StatusOr<Document> Compose(const Report& report) {
  RETURN_IF_ERROR(CheckFonts());
  const Contents contents(report);
  Typesetter typesetter;
  ASSIGN_OR_RETURN(const int page_count, CountPages(typesetter, contents));

  Document document;
  const Owned<cairo_surface_t> surface(
      cairo_pdf_surface_create_for_stream(Append, &document.bytes, kPageWidth, kPageHeight));
  SetMetadata(surface.get(), contents);
  ASSIGN_OR_RETURN(document.page_count, Draw(surface.get(), typesetter, contents, page_count));
  cairo_surface_finish(surface.get());
  RETURN_IF_ERROR(ToStatus(cairo_surface_status(surface.get())));
  document.missing_glyphs = typesetter.missing_glyphs();
  return document;
}

}  // namespace jiebang::maturity::pdf

namespace jiebang::maturity {

absl::StatusOr<std::string> RenderPdf(const Report& report) {
  ASSIGN_OR_RETURN(pdf::Document document, pdf::Compose(report));
  return std::move(document.bytes);
}

}  // namespace jiebang::maturity
