package pipeline

import (
	"context"
	"path/filepath"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"doisoat/reconcile"
	"doisoat/reconcile/report"
	"doisoat/sync/push"
)

// officeWorkbook is the file name of the consolidated workbook; the blocs'
// stand beside it.
const officeWorkbook = "Tổng hợp đối soát"

// officeWorkbooks lists the workbooks that each run keeps up to date.
func officeWorkbooks() []struct {
	name string
	bloc reconcile.Bloc
} {
	return []struct {
		name string
		bloc reconcile.Bloc
	}{
		{officeWorkbook, ""},
		{officeWorkbook + " - Khối Đảng, Mặt trận, đoàn thể", reconcile.PartyBloc},
		{officeWorkbook + " - Khối Nhà nước", reconcile.StateBloc},
	}
}

// publishOffice writes the consolidated workbook and one for each bloc. The
// decisions that people wrote into them are read first.
func (p *Pipeline) publishOffice(ctx context.Context, run int64) (written int, err error) {
	for _, w := range officeWorkbooks() {
		if err := p.latestAnswers(ctx, run, p.officePath(w.name)); err != nil {
			return 0, err
		}
	}
	data, err := p.reportData(ctx, run)
	if err != nil {
		return 0, err
	}
	offices := make(map[reconcile.Bloc]report.Office)
	for _, w := range officeWorkbooks() {
		office := report.NewOffice(data, w.bloc)
		if err := p.saveFigures(ctx, run, w.bloc, office.Summary()); err != nil {
			return 0, err
		}
		offices[w.bloc] = office
	}
	if written, err = p.publishWorkbooks(ctx, run, offices); err != nil {
		return written, err
	}
	if p.cfg.Office != nil {
		changed, err := p.publishBook(ctx, run, report.Consolidated(data, ""))
		if _, err = p.refused(ctx, run, p.cfg.Office.ID(), err); err != nil {
			return written, err
		}
		if changed {
			written++
		}
	}
	return written, nil
}

// workbooksAtOnce is how many of the office's workbooks are made at the same
// time: most nights change a few lists, and then these are nearly all the work.
const workbooksAtOnce = 2

// publishWorkbooks brings the office's workbooks up to date and returns how many
// were written.
func (p *Pipeline) publishWorkbooks(ctx context.Context, run int64, offices map[reconcile.Bloc]report.Office) (int, error) {
	var written atomic.Int32
	var group errgroup.Group
	group.SetLimit(workbooksAtOnce)
	for _, w := range officeWorkbooks() {
		group.Go(func() error {
			workbook := offices[w.bloc].Consolidated()
			changed, err := p.replace(ctx, run, p.officePath(w.name), workbook.Content(),
				func() ([]byte, error) { return push.Workbook(workbook) })
			if changed {
				written.Add(1)
			}
			return err
		})
	}
	err := group.Wait()
	return int(written.Load()), err
}

func (p *Pipeline) officePath(name string) string {
	return filepath.Join(p.cfg.Reports, name+".xlsx")
}
