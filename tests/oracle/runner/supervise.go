// A worker that takes too long or dies is replaced, and its request is answered with a fault.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"
)

const patience = 10 * time.Second

// A worker's first answer takes longer: it makes the catalogue of functions first.
const firstPatience = 60 * time.Second

type worker struct {
	process *exec.Cmd
	input   io.WriteCloser
	// Closed when the worker has ended.
	answers chan string
	used    bool
}

func startWorker() (*worker, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	process := exec.Command(program, work)
	input, err := process.StdinPipe()
	if err != nil {
		return nil, err
	}
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := process.Start(); err != nil {
		return nil, err
	}
	made := &worker{process: process, input: input, answers: make(chan string)}
	go func() {
		defer close(made.answers)
		lines := bufio.NewReader(output)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				return
			}
			made.answers <- line
		}
	}()
	return made, nil
}

func (w *worker) end() {
	// What it may still say is not waited for.
	_ = w.process.Process.Kill()
	for range w.answers {
	}
	_ = w.process.Wait()
}

// ask gives the worker's answer, or why there is none.
func (w *worker) ask(line []byte) (string, error) {
	limit := patience
	if !w.used {
		limit, w.used = firstPatience, true
	}
	if _, err := w.input.Write(append(line, '\n')); err != nil {
		return "", err
	}
	select {
	case given, alive := <-w.answers:
		if !alive {
			return "", fmt.Errorf("the engine died")
		}
		return given, nil
	case <-time.After(limit):
		return "", fmt.Errorf("no answer within %v", limit)
	}
}

func supervise() error {
	var current *worker
	defer func() {
		if current != nil {
			current.end()
		}
	}()
	lines := requests()
	for lines.Scan() {
		if len(lines.Bytes()) == 0 {
			continue
		}
		if current == nil {
			started, err := startWorker()
			if err != nil {
				return err
			}
			current = started
		}
		given, err := current.ask(lines.Bytes())
		if err != nil {
			current.end()
			current = nil
			given = fault(lines.Bytes(), err)
		}
		if _, err := os.Stdout.WriteString(given); err != nil {
			return err
		}
	}
	return lines.Err()
}

func fault(line []byte, why error) string {
	var asked request
	_ = json.Unmarshal(line, &asked)
	text, _ := json.Marshal(answer{ID: asked.ID, Fault: why.Error()})
	return string(text) + "\n"
}
