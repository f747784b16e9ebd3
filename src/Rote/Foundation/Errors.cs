using System.Globalization;

namespace Rote.Foundation;

/// <summary>An error whose message is one sentence for the person who can act on it: what, what was found, what was expected, what to
/// do.</summary>
/// <remarks>The command prints the message alone and maps the type to its exit code; <c>--verbose</c> adds the stack trace.</remarks>
public abstract class RoteException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One sentence for the user, with the value found and the one expected. What a file or a folder says of itself
    /// may stand in it as it is.</param>
    /// <param name="inner">The cause, if there is one.</param>
    protected RoteException(string message, Exception? inner = null)
        : this(new Sentence(message), inner) { }

    /// <summary>Creates the error.</summary>
    /// <param name="sentence">One sentence for the user, as above; it may name settings.</param>
    /// <param name="inner">The cause, if there is one.</param>
    protected RoteException(Sentence sentence, Exception? inner = null)
        : base(Printable(sentence.ToString()), inner) => Sentence = sentence;

    /// <summary>What <see cref="Exception.Message"/> says in words.</summary>
    public Sentence Sentence { get; }

    /// <summary>The message where settings have names, as the options of a command.</summary>
    /// <param name="name">The name of a setting.</param>
    public string Format(Func<Setting, string> name) => Printable(Sentence.Format(name));

    /// <summary>A text fit for one line of a terminal, whatever wrote it: a name with a line break would forge a line, one with an escape
    /// would steer the terminal.</summary>
    internal static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format ? '\uFFFD' : c));
}

/// <summary>The user's input is wrong: an option's value, a file's content, a name that is not known. Exit code 2.</summary>
public sealed class InputException : RoteException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One sentence for the user.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public InputException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>Creates the error.</summary>
    /// <param name="sentence">The same; it may name settings.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public InputException(Sentence sentence, Exception? inner = null)
        : base(sentence, inner) { }
}

/// <summary>The machine lacks something: network, disk space, permission, a library. Exit code 3.</summary>
public sealed class MachineException : RoteException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One sentence for the user.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public MachineException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>Creates the error.</summary>
    /// <param name="sentence">The same; it may name settings.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public MachineException(Sentence sentence, Exception? inner = null)
        : base(sentence, inner) { }
}

/// <summary>Training cannot go on: the loss is no longer finite, or libtorch failed. Exit code 2.</summary>
public sealed class TrainingException : RoteException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One sentence that names the epoch, the step and the likely cause.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public TrainingException(string message, Exception? inner = null)
        : base(message, inner) { }

    /// <summary>Creates the error.</summary>
    /// <param name="sentence">The same; it may name settings.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public TrainingException(Sentence sentence, Exception? inner = null)
        : base(sentence, inner) { }
}

/// <summary>Another process works on what was asked for: nothing is wrong, and later it may be there. Exit code 75, the EX_TEMPFAIL of
/// sysexits.h.</summary>
public sealed class BusyException : RoteException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">One sentence for the user, with who works on it.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public BusyException(string message, Exception? inner = null)
        : base(message, inner) { }
}
