package rule

import (
	"cmp"
	"fmt"

	"doisoat/reconcile"
)

// ViewOnly is a spreadsheet that can be read, and into which its owner does not
// let the service write.
type ViewOnly struct {
	Source, File, Agency string
	// Account is whom to share it with, "" when its address is not known.
	Account string
	// Office: it is the office's own, for the consolidated report.
	Office bool
}

// ng07 tells of spreadsheets that are shared for reading only. What stands in
// them counts; only what was found cannot be written back.
func ng07() Rule {
	return Rule{
		ID: "NG07", Title: "Bảng tính Google chỉ cho xem, không ghi được sai lệch",
		Plan: func(in *Input, report Report) {
			for i := range in.ViewOnly {
				report(in.viewOnly(&in.ViewOnly[i]))
			}
		},
	}
}

func (in *Input) viewOnly(v *ViewOnly) reconcile.Finding {
	account := cmp.Or(v.Account, "tài khoản đối soát")
	f := reconcile.Finding{
		Severity:   reconcile.SeverityWarning,
		Subject:    v.Source,
		Agency:     v.Agency,
		Place:      reconcile.Origin{Source: v.Source},
		Message:    fmt.Sprintf("Bảng tính Google “%s” chỉ cho xem: danh sách vẫn được đọc và tính đủ, nhưng không ghi được trang SAI LỆCH vào đó.", v.File),
		Found:      "quyền Người xem",
		Expected:   "quyền Người chỉnh sửa cho " + account,
		LegalBasis: duty(in),
		Remedy: fmt.Sprintf("Mở bảng tính, bấm Chia sẻ và cho %s quyền chỉnh sửa (Người chỉnh sửa); "+
			"đến lúc đó, sai lệch nằm trong tệp Excel ở thư mục báo cáo.", account),
	}
	if v.Office {
		f.Place = reconcile.Origin{}
		f.Message = fmt.Sprintf("Bảng tính Google “%s” của cơ quan chủ trì chỉ cho xem: không ghi được báo cáo tổng hợp vào đó.", v.File)
		f.Remedy = fmt.Sprintf("Mở bảng tính, bấm Chia sẻ và cho %s quyền chỉnh sửa (Người chỉnh sửa); "+
			"đến lúc đó, báo cáo tổng hợp nằm trong tệp Excel ở thư mục báo cáo.", account)
	}
	return f
}
