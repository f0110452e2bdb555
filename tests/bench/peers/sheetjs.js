// SPDX-License-Identifier: MIT
// sheetjs.js OUT|- FILE...: SheetJS reads each workbook, the row totals are judged, and it is written again.
const path = require("path");
const XLSX = require("xlsx");
const judge = require("./judge.js");
const [out, ...files] = process.argv.slice(2);
let wrong = 0;
for (const file of files) {
    const book = XLSX.readFile(file, { cellStyles: out !== "-" });
    wrong += judge(book.SheetNames.map((name) => XLSX.utils.sheet_to_json(book.Sheets[name], { header: 1 })));
    if (out !== "-") XLSX.writeFile(book, path.join(out, path.basename(file)), { compression: true });
}
console.log(wrong);
