using System.Globalization;
using System.Text;
using System.Xml;

namespace Rote.Cli.Gate;

/// <summary>The verdict and the suspects as JUnit XML, the format that build servers show as tests.</summary>
/// <remarks>There is no standard; this is what Jenkins' and GitLab's readers have in common. The first case is the share of wrong labels. A
/// suspect is a case too: it fails where the whole fails, and is skipped, with its message, where it does not.</remarks>
internal static class JUnitFile
{
    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="suspects">The suspects.</param>
    /// <param name="verdict">The verdict; null where no limit was given.</param>
    public static void Write(Stream stream, GateSuspects suspects, GateVerdict? verdict)
    {
        var hasFailed = verdict?.State == GateState.Failed;
        var count = suspects.Suspects.Count;
        using var xml = XmlWriter.Create(
            stream,
            new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }
        );
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        Attribute(xml, "name", $"rote audit {suspects.Name}");
        Attribute(xml, "tests", Text(count + 1));
        Attribute(xml, "failures", Text(hasFailed ? count + 1 : 0));
        Attribute(xml, "errors", Text(verdict?.State == GateState.Untold ? 1 : 0));
        Attribute(xml, "skipped", Text(hasFailed ? 0 : count));
        Whole(xml, suspects, verdict);
        foreach (var suspect in suspects.Suspects)
        {
            Case(xml, suspect, hasFailed);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Whole(XmlWriter xml, GateSuspects suspects, GateVerdict? verdict)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", "rote");
        Attribute(xml, "name", "share of wrong labels");
        if (verdict is { State: not GateState.Passed })
        {
            Outcome(xml, verdict.State == GateState.Failed ? "failure" : "error", verdict.Sentence);
        }

        xml.WriteStartElement("system-out");
        xml.WriteString(Valid(suspects.Count));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Case(XmlWriter xml, GateSuspect suspect, bool hasFailed)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", $"rote.{suspect.Label}");
        Attribute(xml, "name", suspect.Where.Name);
        Outcome(xml, hasFailed ? "failure" : "skipped", suspect.Sentence);
        xml.WriteEndElement();
    }

    private static void Outcome(XmlWriter xml, string element, string message)
    {
        xml.WriteStartElement(element);
        Attribute(xml, "message", message);
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Valid(value));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>XML 1.0 has no way to write most control characters: they become the replacement character.</summary>
    private static string Valid(string text)
    {
        var valid = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                valid.Append(text, i++, 2);
            }
            else
            {
                valid.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
            }
        }

        return valid.ToString();
    }
}
