using System.Buffers;
using System.Security.Cryptography;

namespace BlueEdge.Gateway.Sessions;

/// <summary>
/// SHA-256 over a JSON body without the white space between its tokens: formatting may differ from one sending to the
/// next, the order of members and the way numbers and strings are written may not.
/// </summary>
internal static class BodyFingerprint
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\" \t\r\n"u8);

    public static string Of(ReadOnlySpan<byte> json)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (!json.IsEmpty)
        {
            var mark = json.IndexOfAny(Marks);
            var isString = mark >= 0 && json[mark] == '"';
            var kept = mark < 0 ? json.Length : isString ? mark + LengthOfString(json[mark..]) : mark;
            hash.AppendData(json[..kept]);
            json = json[(mark < 0 || isString ? kept : kept + 1)..];
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The bytes from one quotation mark to the other.</summary>
    private static int LengthOfString(ReadOnlySpan<byte> json)
    {
        for (var place = 1; place < json.Length; place++)
        {
            var step = json[place..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
            {
                break;
            }

            place += step;
            if (json[place] == '"')
            {
                return place + 1;
            }

            // The byte after a backslash is part of the string whatever it is.
            place++;
        }

        return json.Length;
    }
}
