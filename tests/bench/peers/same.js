// SPDX-License-Identifier: MIT
// same.js OUT PLAN.json FILE...: exceljs reads each workbook, the row totals are judged, and the same sheets and the same text as those of
// `nianbao convert` are written (plan.py). Custom document properties it does not know.
const fs = require("fs");
const path = require("path");
const ExcelJS = require("exceljs");
const readAndJudge = require("./exceljs_read.js");
const [out, planned, ...files] = process.argv.slice(2);
const MARGIN = 0.7109375;        // of a column, which the other libraries add to its characters
const plan = JSON.parse(fs.readFileSync(planned, "utf8"));

const fill = (color) => ({ type: "pattern", pattern: "solid", fgColor: { argb: "FF" + color }, bgColor: { argb: "FF" + color } });
const font = (look) => ({
    bold: look.bold, size: look.size, name: look.font, underline: look.underline, color: look.color ? { argb: "FF" + look.color } : undefined,
});
const edge = { style: "thin" };
const styles = plan.formats.map((look) => ({
    font: font(look), fill: look.fill ? fill(look.fill) : undefined,
    border: look.border ? { top: edge, left: edge, bottom: edge, right: edge } : undefined,
    alignment: {
        horizontal: look.across || undefined, vertical: look.middle ? "middle" : undefined, indent: look.indent || undefined, wrapText: look.wrap,
    },
    numFmt: look.number || undefined,
}));

function validation(rule) {
    return {
        type: rule.kind, operator: rule.most === null ? "greaterThanOrEqual" : "between",
        allowBlank: true, showInputMessage: true, showErrorMessage: true,
        formulae: rule.kind === "custom" ? [rule.formula] : [rule.least, rule.most].filter((bound) => bound !== null),
        promptTitle: rule.input_title, prompt: rule.input_message, errorTitle: rule.error_title, error: rule.error_message,
    };
}

function put(sheet, row, column, value, style) {
    const cell = sheet.getCell(row + 1, column + 1);
    if (value !== undefined) cell.value = value;
    if (style !== null) cell.style = styles[style];
}

const steps = {
    text: (sheet, [row, column, text, style]) => {
        const { hyperlink } = sheet.getCell(row + 1, column + 1);
        put(sheet, row, column, hyperlink ? { text, hyperlink } : text, style);
    },
    number: (sheet, [row, column, number, style]) => put(sheet, row, column, number, style),
    formula: (sheet, [row, column, formula, result, style]) => put(sheet, row, column, { formula: formula.slice(1), result }, style),
    blank: (sheet, [row, column, style]) => put(sheet, row, column, undefined, style),
    link: (sheet, [row, column, place, style]) => put(sheet, row, column, { text: place, hyperlink: "#" + place }, style),
    merge: (sheet, [row, column, row2, column2, style]) => {
        put(sheet, row, column, undefined, style);
        sheet.mergeCells(row + 1, column + 1, row2 + 1, column2 + 1);
    },
    comment: (sheet, [row, column, text]) => { sheet.getCell(row + 1, column + 1).note = text; },
    column: (sheet, [first, last, width]) => {
        for (let column = first; column <= last; column++) sheet.getColumn(column + 1).width = width + MARGIN;
    },
    row: (sheet, [row, height]) => { sheet.getRow(row + 1).height = height; },
    validation: (sheet, [row, column, row2, column2, rule]) => {
        for (let r = row; r <= row2; r++)
            for (let k = column; k <= column2; k++) sheet.getCell(r + 1, k + 1).dataValidation = validation(rule);
    },
    condition: (sheet, [, , , , areas, formula, style]) => sheet.addConditionalFormatting(
        { ref: areas, rules: [{ type: "expression", formulae: [formula.slice(1)], style: styles[style] }] }),
};

function setPage(sheet, page) {
    const [left, right, top, bottom] = page.margins;
    Object.assign(sheet.pageSetup, {
        paperSize: 9, margins: { left, right, top, bottom, header: 0.3, footer: 0.3 }, horizontalCentered: page.center,
        orientation: page.landscape ? "landscape" : "portrait",
    });
    if (page.fit !== null) Object.assign(sheet.pageSetup, { fitToPage: true, fitToWidth: 1, fitToHeight: page.fit });
    if (page.freeze) sheet.views = [{ state: "frozen", ySplit: page.freeze[0], xSplit: page.freeze[1] }];
    if (page.repeat) sheet.pageSetup.printTitlesRow = page.repeat.map((row) => row + 1).join(":");
    if (page.area) {
        const [row, column, row2, column2] = page.area.map((place) => place + 1);
        sheet.pageSetup.printArea = `${sheet.getColumn(column).letter}$${row}:${sheet.getColumn(column2).letter}$${row2}`;
    }
    if (page.footer) sheet.headerFooter.oddFooter = page.footer;
}

async function write(target) {
    const book = new ExcelJS.Workbook();
    for (const one of plan.sheets) {
        const sheet = book.addWorksheet(one.name, { state: one.hidden ? "hidden" : "visible" });
        for (const [name, ...rest] of one.steps) steps[name](sheet, rest);
        setPage(sheet, one.page);
    }
    await book.xlsx.writeFile(target);
    fs.writeFileSync(target.slice(0, -".xlsx".length) + ".txt", plan.text);
}

(async () => {
    let wrong = 0;
    for (const file of files) {
        wrong += await readAndJudge(new ExcelJS.Workbook(), file);
        await write(path.join(out, path.basename(file)));
    }
    console.log(wrong);
})();
