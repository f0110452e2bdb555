// SPDX-License-Identifier: MIT
// exceljs.js OUT|- FILE...: exceljs reads each workbook, the row totals are judged, and it is written again.
const path = require("path");
const ExcelJS = require("exceljs");
const judge = require("./judge.js");
const [out, ...files] = process.argv.slice(2);
(async () => {
    let wrong = 0;
    for (const file of files) {
        const book = new ExcelJS.Workbook();
        await book.xlsx.readFile(file);
        const sheets = [];
        book.eachSheet((sheet) => { const rows = []; sheet.eachRow((row) => rows.push(row.values)); sheets.push(rows); });
        wrong += judge(sheets);
        if (out !== "-") await book.xlsx.writeFile(path.join(out, path.basename(file)));
    }
    console.log(wrong);
})();
