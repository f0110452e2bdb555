// SPDX-License-Identifier: MIT
// exceljs.js OUT|- FILE...: exceljs reads each workbook, the row totals are judged, and it is written again.
const path = require("path");
const ExcelJS = require("exceljs");
const readAndJudge = require("./exceljs_read.js");
const [out, ...files] = process.argv.slice(2);
(async () => {
    let wrong = 0;
    for (const file of files) {
        const book = new ExcelJS.Workbook();
        wrong += await readAndJudge(book, file);
        if (out !== "-") await book.xlsx.writeFile(path.join(out, path.basename(file)));
    }
    console.log(wrong);
})();
