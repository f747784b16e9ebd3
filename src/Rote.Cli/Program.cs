using System.CommandLine;

using Rote.Cli.Commands;

var root = new RootCommand("Measures how a neural network learns, by rule or by rote.") { DoctorCommand.Create() };
return root.Parse(args).Invoke();
