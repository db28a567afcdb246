package google

// target is what a request is about.
type target struct {
	api string // "Google Sheets", "Google Drive"
	// noun is what people call the thing: "bảng tính Google".
	noun string
	id   string // of the file
	kind callKind
}

const (
	sheetsAPI = "Google Sheets"
	driveAPI  = "Google Drive"
)

func spreadsheetTarget(id string, kind callKind) target {
	return target{api: sheetsAPI, noun: "bảng tính Google", id: id, kind: kind}
}

func fileTarget(id string) target {
	return target{api: driveAPI, noun: "tệp trên Google Drive", id: id}
}

func folderTarget(id string) target {
	return target{api: driveAPI, noun: "thư mục Google Drive", id: id}
}

// budget is the quota that the request counts against.
func (t target) budget() Budget {
	switch {
	case t.api == driveAPI:
		return DriveQueries
	case t.kind == write:
		return SheetsWrites
	}
	return SheetsReads
}
