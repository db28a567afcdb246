"""Writes the workbooks of this folder that openpyxl and LibreOffice made.

openpyxl.xlsx and openpyxl1904.xlsx come from openpyxl. With the argument
"libreoffice", and a soffice that accepts UNO connections on port 2002, the
first one is saved again by LibreOffice as libreoffice.xlsx.
"""

import datetime as dt
import sys

import openpyxl
from openpyxl.styles import Font


def fill(wb):
    ws = wb.active
    ws.title = "Đăng ký"
    ws.append(["TT", "Họ và tên", "Ngày sinh", "Số CCCD", "Điểm", "Đảng viên", "Ghi chú"])
    people = [
        (1, "Nguyễn Thị Ánh Tuyết", dt.date(1979, 8, 15), 51079001234, 8.75, True, "x"),
        (2, "ĐINH VĂN ĐỨC", dt.datetime(1985, 2, 28, 7, 30), "051085000077", 0.1, False, None),
        (3, "Phạm  Hồng\u00a0Cường", dt.date(1900, 1, 1), 1e20, -0.5, None, "dòng một\ndòng hai"),
        (4, "Lê Thị Hoà", dt.date(1900, 3, 1), 123456789012345, 1e-7, True, "<b>&amp;</b> _x000D_ \"nháy\""),
    ]
    for row in people:
        ws.append(row)
    for row in range(2, 6):
        ws.cell(row, 3).number_format = "dd/mm/yyyy"
    ws["C3"].number_format = "[$-vi-VN]dd/mm/yyyy\\ hh:mm;@"
    ws["E2"].number_format = "0.00"
    ws["E3"].number_format = '0 "người"'
    ws["E4"].number_format = '#,##0.00\\ "đ";[Red]\\-#,##0.00\\ "đ"'
    ws["A7"] = "Tổng cộng"
    ws["E7"] = "=SUM(E2:E5)"
    ws["F7"] = '=B2&""'
    ws["G7"] = "=1/0"
    ws["B8"] = "Céng hoµ x· héi"
    ws["B8"].font = Font(name=".VnTime")
    ws["C8"] = "Coäng hoøa"
    ws["C8"].font = Font(name="VNI-Times")
    ws["D8"] = "#N/A"
    ws["D8"].data_type = "e"
    ws["E8"] = dt.time(13, 45)
    ws["F8"] = dt.timedelta(hours=36, minutes=30)
    ws["G8"] = dt.date(2023, 9, 1)
    ws["G8"].number_format = "mm/yyyy"
    ws.merge_cells("A7:D7")
    ws.merge_cells("A9:B10")
    ws.row_dimensions[4].hidden = True
    ws.column_dimensions["D"].hidden = True
    hidden = wb.create_sheet("Danh mục")
    hidden["C5"] = "ẩn"
    hidden.sheet_state = "hidden"
    very = wb.create_sheet("Rất ẩn")
    very["A1"] = 1
    very.sheet_state = "veryHidden"
    chart = wb.create_chartsheet("Biểu đồ")
    from openpyxl.chart import BarChart, Reference

    bars = BarChart()
    bars.add_data(Reference(ws, min_col=5, min_row=1, max_row=5), titles_from_data=True)
    chart.add_chart(bars)
    wb.create_sheet("Trống")


def save_by_libreoffice():
    import os

    import uno
    from com.sun.star.beans import PropertyValue

    def prop(name, value):
        p = PropertyValue()
        p.Name, p.Value = name, value
        return p

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    office = resolver.resolve("uno:socket,host=localhost,port=2002;urp;StarOffice.ComponentContext")
    desktop = office.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", office)
    folder = "file://" + os.path.abspath(".")
    doc = desktop.loadComponentFromURL(folder + "/openpyxl.xlsx", "_blank", 0, (prop("Hidden", True),))
    xlsx = prop("FilterName", "Calc MS Excel 2007 XML")
    doc.storeToURL(folder + "/libreoffice.xlsx", (xlsx,))
    doc.close(True)
    desktop.terminate()


wb = openpyxl.Workbook()
fill(wb)
wb.save("openpyxl.xlsx")

wb = openpyxl.Workbook()
wb.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
fill(wb)
wb.save("openpyxl1904.xlsx")

if "libreoffice" in sys.argv:
    save_by_libreoffice()
