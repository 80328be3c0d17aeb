import ModelFiles
import Platform

/// Validates a file with each of its bits flipped in turn, and each of its beginnings: none may be found valid. `Tools/flips.sh` runs it.
///
///     aeflips FILE [PART PARTS]      (the PARTth of PARTS equal shares of the work, from 0)
@main
enum Flips {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2 || arguments.count == 4, let part = Int(arguments.count == 4 ? arguments[2] : "0"),
              let parts = Int(arguments.count == 4 ? arguments[3] : "1"), parts > 0, (0..<parts).contains(part)
        else {
            print("usage: aeflips FILE [PART PARTS]")
            exit(64)
        }
        let whole = try contents(arguments[1])
        guard try Validation(whole).isValid else {
            print("\(arguments[1]): is not valid as it is")
            exit(65)
        }
        var missed = 0, flips = 0, cuts = 0, bytes = whole
        for position in stride(from: part, to: whole.count, by: parts) {
            for bit in 0..<8 {
                bytes[position] ^= 1 << UInt8(bit)
                if try Validation(bytes).isValid {
                    print("bit \(bit) of byte \(position): not noticed")
                    missed += 1
                }
                bytes[position] ^= 1 << UInt8(bit)
                flips += 1
            }
            if try Validation(Array(whole[..<position])).isValid {
                print("the first \(position) bytes: not noticed")
                missed += 1
            }
            cuts += 1
        }
        print("\(flips) flips and \(cuts) truncations, \(missed) not noticed")
        exit(missed == 0 ? 0 : 1)
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else {
            print("\(path): cannot be opened")
            exit(66)
        }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 22)
        return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
    }
}
