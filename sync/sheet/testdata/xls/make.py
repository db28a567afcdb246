"""Writes the workbooks of this folder that xlwt and LibreOffice made.

Every .xls of this folder stands beside what LibreOffice reads in it, saved as
.xlsx. Needs xlwt, openpyxl and soffice.
"""

import datetime as dt
import os
import subprocess
import sys

import openpyxl
import xlwt


def by_xlwt():
    wb = xlwt.Workbook(encoding="utf-8")
    ws = wb.add_sheet("Đăng ký")
    day = xlwt.easyxf(num_format_str="dd/mm/yyyy")
    tcvn3 = xlwt.easyxf("font: name .VnTime")
    for r in range(150):
        ws.write(r, 0, r + 1)
        ws.write(r, 1, f"Nguyễn Thị Ánh Tuyết số {r}, Phó Trưởng phòng Tổ chức – Hành chính" if r % 3 else f"Ba To {r}")
        ws.write(r, 2, dt.date(1979, 8, 15) + dt.timedelta(days=r), day)
        ws.write(r, 3, 51079000000 + r)
        ws.write(r, 4, 0.25 * r)
        ws.write(r, 5, bool(r % 2))
    ws.write(150, 0, "C\u00e9ng ho\u00b5 x\u00b7 h\u00e9i \u00ad", tcvn3)
    ws.write(150, 1, xlwt.Formula("SUM(E1:E5)"))
    ws.write(150, 2, xlwt.Formula('B2&"x"'))
    runs = [("Nguyễn ", xlwt.easyfont("bold true")), ("V\u00a8n", xlwt.easyfont("name .VnTime")), " đuôi"]
    ws.write_rich_text(151, 0, runs)
    ws.write_merge(153, 154, 0, 3, "gộp")
    ws.row(5).hidden = True
    ws.col(3).hidden = True
    for name, visibility in (("ẩn", 1), ("rất ẩn", 2)):
        sheet = wb.add_sheet(name)
        sheet.visibility = visibility
        sheet.write(0, 0, name)
    wb.save("xlwt.xls")


def long_texts():
    wb = openpyxl.Workbook()
    ws = wb.active
    ws.title = "Dài"
    for r in range(1, 21):
        ws.cell(r, 1, ("Cao cấp lý luận chính trị, hệ tập trung; " * r)[: 37 * r])
        ws.cell(r, 2, "Quang Ngai " * (3 * r))
        ws.cell(r, 3, f'=REPT("Bình Sơn – ",{r})')
        ws.cell(r, 4, f'=REPT("Ba To ",{12 * r})')
    ws.cell(21, 1, "😀" * 2100)
    ws.cell(22, 1, ("x" * 4111) + "ệ" + "y" * 4111)
    wb.save("long.xlsx")


def convert(to, *names):
    soffice = ["soffice", *sys.argv[1:], "--headless", "--convert-to", to]
    subprocess.run([*soffice, *names], check=True)


by_xlwt()
long_texts()
made = [("../openpyxl.xlsx", "libreoffice.xls"), ("../openpyxl1904.xlsx", "libreoffice1904.xls"), ("long.xlsx", "long.xls")]
for source, target in made:
    convert("xls", source)
    os.rename(os.path.basename(source)[:-1], target)
os.remove("long.xlsx")
convert("xlsx", *sorted(n for n in os.listdir() if n.endswith(".xls")))
