/* SPDX-License-Identifier: MIT */
/* csv: results as comma-separated values for other tools (RFC 4180, UTF-8): a line per finding, or a line per unit with all values in
 * legal order. A field that a spreadsheet program would take for a formula gets an apostrophe before it. */
#ifndef NIANBAO_CSV_H
#define NIANBAO_CSV_H

#include "filing.h"
#include "text.h"

/* One field; `first` of its line or not. The line is ended by csv_end. */
void csv_field(struct text *out, bool first, const char *s);
void csv_end(struct text *out);

/* file,unit,year,form,rule,severity,place,path,found,expected,difference,message,hint,explained */
void csv_findings_head(struct text *out);
void csv_findings(struct text *out, const struct report *report);

/* file,unit,year,form,verdict,errors,warnings,notes, then the form's keys. A table of another form than the line's stays empty. */
void csv_values_head(struct text *out, const struct form *form);
void csv_values(struct text *out, const struct report *report, const struct form *form);

/* The same for the inputs of a roll-up, with the fate of each before the keys. */
void csv_filings_head(struct text *out, const struct form *form);
void csv_filing(struct text *out, const struct filing *filing, const char *name, const char *fate, const struct form *form);

#endif
