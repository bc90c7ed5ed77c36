package ui

import (
	"context"
	"errors"

	"wardbook/app/access"
	"wardbook/app/hospital"
	"wardbook/app/house"
	"wardbook/app/report"
	"wardbook/app/term"
	"wardbook/ui/kit"
	"wardbook/ui/shell"
)

// errNoPapers is for the log: main gave no folder for papers.
var errNoPapers = errors.New("no folder for papers")

// print makes a document and opens it in the system's program for it. It is slow: never on the window's goroutine.
func (p *program) print(ctx context.Context, name string, document report.Document) error {
	path, missing, err := p.paper(name, document)
	if err != nil {
		return err
	}
	if ctx.Err() != nil { // signed out meanwhile: nobody is there to read it
		p.clearPapers()
		return ctx.Err()
	}
	if len(missing) > 0 {
		p.info.Dispatch(func() {
			p.say(kit.Attention, kit.Say("paper.missing", "The paper lacks letters that its font has not: compare it with the screen."))
		})
	}
	return p.open(ctx, path)
}

// paper makes a document and gives where it lies, and the texts that it could not show in full.
func (p *program) paper(name string, document report.Document) (path string, missing []string, err error) {
	if p.info.Papers == nil {
		return "", nil, errNoPapers
	}
	facts, by := p.printing()
	result, err := document.PDF(report.Frame{Hospital: facts.Name, By: by, At: p.info.Now(), Zone: facts.Location(), Words: words})
	if err != nil {
		return "", nil, err
	}
	path, err = p.info.Papers.Put(name, result.PDF)
	return path, result.Missing, err
}

func words(t term.Text) string { return kit.Of(t).Text() }

func (p *program) open(_ context.Context, path string) error { return p.info.View(path) }

// printing is what stands on every paper: the hospital, and who prints it. It may be asked on any goroutine.
func (p *program) printing() (house.House, string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.house, p.printer
}

// saveSheet writes a recovery key into a PDF and gives where it lies.
func (p *program) saveSheet(_ context.Context, key string) (string, error) {
	path, _, err := p.paper("recovery-key", report.RecoverySheet{Key: key, Made: p.info.Now(), Folder: p.info.Folder})
	return path, err
}

// newRecovery makes a new recovery key for an administrator.
func (p *program) newRecovery(s *access.Session) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) { return hospital.NewRecovery(ctx, s) }
}

// printKeys puts the page of keys on paper.
func (p *program) printKeys(sections []shell.KeySection) {
	sheet := report.KeySheet{}
	for _, section := range sections {
		part := report.KeySection{Title: section.Title.Text()}
		for _, line := range kit.KeysOf(section.Keys) {
			part.Keys = append(part.Keys, report.Key{Keys: line.Keys, What: line.Name.Text()})
		}
		sheet.Sections = append(sheet.Sections, part)
	}
	kit.Start(p.slow, func(ctx context.Context, _ func(func())) (struct{}, error) {
		return struct{}{}, p.print(ctx, "keys", sheet)
	}, func(_ struct{}, err error) {
		if err != nil {
			p.say(kit.Critical, p.explain(err))
		}
	})
}

// say shows a notice where somebody works.
func (p *program) say(tone kit.Tone, sentence kit.Sentence) {
	if p.bench != nil {
		p.bench.Tell(kit.Toast{Tone: tone, Sentence: sentence})
	}
}
