import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace dm_env_rpc. */
export namespace dm_env_rpc {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of a Tensor.
         * @deprecated Use dm_env_rpc.v1.Tensor.$Properties instead.
         */
        interface ITensor extends dm_env_rpc.v1.Tensor.$Properties {
        }

        /** Represents a Tensor. */
        class Tensor {

            /**
             * Constructs a new Tensor.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.Tensor.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Tensor floats. */
            floats: (dm_env_rpc.v1.Tensor.Floats|null);

            /** Tensor doubles. */
            doubles: (dm_env_rpc.v1.Tensor.Doubles|null);

            /** Tensor int8s. */
            int8s: (dm_env_rpc.v1.Tensor.Int8s|null);

            /** Tensor int32s. */
            int32s: (dm_env_rpc.v1.Tensor.Int32s|null);

            /** Tensor int64s. */
            int64s: (dm_env_rpc.v1.Tensor.Int64s|null);

            /** Tensor uint8s. */
            uint8s: (dm_env_rpc.v1.Tensor.Uint8s|null);

            /** Tensor uint32s. */
            uint32s: (dm_env_rpc.v1.Tensor.Uint32s|null);

            /** Tensor uint64s. */
            uint64s: (dm_env_rpc.v1.Tensor.Uint64s|null);

            /** Tensor bools. */
            bools: (dm_env_rpc.v1.Tensor.Bools|null);

            /** Tensor strings. */
            strings: (dm_env_rpc.v1.Tensor.Strings|null);

            /** Tensor shape. */
            shape: number[];

            /** Tensor payload. */
            payload?: ("floats"|"doubles"|"int8s"|"int32s"|"int64s"|"uint8s"|"uint32s"|"uint64s"|"bools"|"strings");

            /**
             * Encodes the specified Tensor message. Does not implicitly {@link dm_env_rpc.v1.Tensor.verify|verify} messages.
             * @param message Tensor message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.Tensor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Tensor message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.Tensor & dm_env_rpc.v1.Tensor.$Shape} Tensor
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor & dm_env_rpc.v1.Tensor.$Shape;
        }

        namespace Tensor {

            /** Properties of a Tensor. */
            interface $Properties {

                /** Tensor floats */
                floats?: (dm_env_rpc.v1.Tensor.Floats.$Properties|null);

                /** Tensor doubles */
                doubles?: (dm_env_rpc.v1.Tensor.Doubles.$Properties|null);

                /** Tensor int8s */
                int8s?: (dm_env_rpc.v1.Tensor.Int8s.$Properties|null);

                /** Tensor int32s */
                int32s?: (dm_env_rpc.v1.Tensor.Int32s.$Properties|null);

                /** Tensor int64s */
                int64s?: (dm_env_rpc.v1.Tensor.Int64s.$Properties|null);

                /** Tensor uint8s */
                uint8s?: (dm_env_rpc.v1.Tensor.Uint8s.$Properties|null);

                /** Tensor uint32s */
                uint32s?: (dm_env_rpc.v1.Tensor.Uint32s.$Properties|null);

                /** Tensor uint64s */
                uint64s?: (dm_env_rpc.v1.Tensor.Uint64s.$Properties|null);

                /** Tensor bools */
                bools?: (dm_env_rpc.v1.Tensor.Bools.$Properties|null);

                /** Tensor strings */
                strings?: (dm_env_rpc.v1.Tensor.Strings.$Properties|null);

                /** Tensor shape */
                shape?: number[];

                /** Tensor payload */
                payload?: ("floats"|"doubles"|"int8s"|"int32s"|"int64s"|"uint8s"|"uint32s"|"uint64s"|"bools"|"strings");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Tensor. */
            type $Shape = {
              floats?: dm_env_rpc.v1.Tensor.Floats.$Shape|null;
              doubles?: dm_env_rpc.v1.Tensor.Doubles.$Shape|null;
              int8s?: dm_env_rpc.v1.Tensor.Int8s.$Shape|null;
              int32s?: dm_env_rpc.v1.Tensor.Int32s.$Shape|null;
              int64s?: dm_env_rpc.v1.Tensor.Int64s.$Shape|null;
              uint8s?: dm_env_rpc.v1.Tensor.Uint8s.$Shape|null;
              uint32s?: dm_env_rpc.v1.Tensor.Uint32s.$Shape|null;
              uint64s?: dm_env_rpc.v1.Tensor.Uint64s.$Shape|null;
              bools?: dm_env_rpc.v1.Tensor.Bools.$Shape|null;
              strings?: dm_env_rpc.v1.Tensor.Strings.$Shape|null;
              shape?: number[];
              $unknowns?: Uint8Array[];
            } & (
              ({ payload?: undefined; floats?: null; doubles?: null; int8s?: null; int32s?: null; int64s?: null; uint8s?: null; uint32s?: null; uint64s?: null; bools?: null; strings?: null }|{ payload?: "floats"; floats: dm_env_rpc.v1.Tensor.Floats.$Shape; doubles?: null; int8s?: null; int32s?: null; int64s?: null; uint8s?: null; uint32s?: null; uint64s?: null; bools?: null; strings?: null }|{ payload?: "doubles"; floats?: null; doubles: dm_env_rpc.v1.Tensor.Doubles.$Shape; int8s?: null; int32s?: null; int64s?: null; uint8s?: null; uint32s?: null; uint64s?: null; bools?: null; strings?: null }|{ payload?: "int8s"; floats?: null; doubles?: null; int8s: dm_env_rpc.v1.Tensor.Int8s.$Shape; int32s?: null; int64s?: null; uint8s?: null; uint32s?: null; uint64s?: null; bools?: null; strings?: null }|{ payload?: "int32s"; floats?: null; doubles?: null; int8s?: null; int32s: dm_env_rpc.v1.Tensor.Int32s.$Shape; int64s?: null; uint8s?: null; uint32s?: null; uint64s?: null; bools?: null; strings?: null }|{ payload?: "int64s"; floats?: null; doubles?: null; int8s?: null; int32s?: null; int64s: dm_env_rpc.v1.Tensor.Int64s.$Shape; uint8s?: null; uint32s?: null; uint64s?: null; bools?: null; strings?: null }|{ payload?: "uint8s"; floats?: null; doubles?: null; int8s?: null; int32s?: null; int64s?: null; uint8s: dm_env_rpc.v1.Tensor.Uint8s.$Shape; uint32s?: null; uint64s?: null; bools?: null; strings?: null }|{ payload?: "uint32s"; floats?: null; doubles?: null; int8s?: null; int32s?: null; int64s?: null; uint8s?: null; uint32s: dm_env_rpc.v1.Tensor.Uint32s.$Shape; uint64s?: null; bools?: null; strings?: null }|{ payload?: "uint64s"; floats?: null; doubles?: null; int8s?: null; int32s?: null; int64s?: null; uint8s?: null; uint32s?: null; uint64s: dm_env_rpc.v1.Tensor.Uint64s.$Shape; bools?: null; strings?: null }|{ payload?: "bools"; floats?: null; doubles?: null; int8s?: null; int32s?: null; int64s?: null; uint8s?: null; uint32s?: null; uint64s?: null; bools: dm_env_rpc.v1.Tensor.Bools.$Shape; strings?: null }|{ payload?: "strings"; floats?: null; doubles?: null; int8s?: null; int32s?: null; int64s?: null; uint8s?: null; uint32s?: null; uint64s?: null; bools?: null; strings: dm_env_rpc.v1.Tensor.Strings.$Shape })
            );

            /**
             * Properties of an Int8s.
             * @deprecated Use dm_env_rpc.v1.Tensor.Int8s.$Properties instead.
             */
            interface IInt8s extends dm_env_rpc.v1.Tensor.Int8s.$Properties {
            }

            /** Represents an Int8s. */
            class Int8s {

                /**
                 * Constructs a new Int8s.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Int8s.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Int8s array. */
                array: Uint8Array;

                /**
                 * Encodes the specified Int8s message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Int8s.verify|verify} messages.
                 * @param message Int8s message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Int8s.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Int8s message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Int8s & dm_env_rpc.v1.Tensor.Int8s.$Shape} Int8s
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Int8s & dm_env_rpc.v1.Tensor.Int8s.$Shape;
            }

            namespace Int8s {

                /** Properties of an Int8s. */
                interface $Properties {

                    /** Int8s array */
                    array?: Uint8Array;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Int8s. */
                type $Shape = dm_env_rpc.v1.Tensor.Int8s.$Properties;
            }

            /**
             * Properties of an Int32s.
             * @deprecated Use dm_env_rpc.v1.Tensor.Int32s.$Properties instead.
             */
            interface IInt32s extends dm_env_rpc.v1.Tensor.Int32s.$Properties {
            }

            /** Represents an Int32s. */
            class Int32s {

                /**
                 * Constructs a new Int32s.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Int32s.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Int32s array. */
                array: number[];

                /**
                 * Encodes the specified Int32s message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Int32s.verify|verify} messages.
                 * @param message Int32s message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Int32s.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Int32s message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Int32s & dm_env_rpc.v1.Tensor.Int32s.$Shape} Int32s
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Int32s & dm_env_rpc.v1.Tensor.Int32s.$Shape;
            }

            namespace Int32s {

                /** Properties of an Int32s. */
                interface $Properties {

                    /** Int32s array */
                    array?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Int32s. */
                type $Shape = dm_env_rpc.v1.Tensor.Int32s.$Properties;
            }

            /**
             * Properties of an Int64s.
             * @deprecated Use dm_env_rpc.v1.Tensor.Int64s.$Properties instead.
             */
            interface IInt64s extends dm_env_rpc.v1.Tensor.Int64s.$Properties {
            }

            /** Represents an Int64s. */
            class Int64s {

                /**
                 * Constructs a new Int64s.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Int64s.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Int64s array. */
                array: number[];

                /**
                 * Encodes the specified Int64s message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Int64s.verify|verify} messages.
                 * @param message Int64s message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Int64s.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Int64s message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Int64s & dm_env_rpc.v1.Tensor.Int64s.$Shape} Int64s
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Int64s & dm_env_rpc.v1.Tensor.Int64s.$Shape;
            }

            namespace Int64s {

                /** Properties of an Int64s. */
                interface $Properties {

                    /** Int64s array */
                    array?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Int64s. */
                type $Shape = dm_env_rpc.v1.Tensor.Int64s.$Properties;
            }

            /**
             * Properties of an Uint8s.
             * @deprecated Use dm_env_rpc.v1.Tensor.Uint8s.$Properties instead.
             */
            interface IUint8s extends dm_env_rpc.v1.Tensor.Uint8s.$Properties {
            }

            /** Represents an Uint8s. */
            class Uint8s {

                /**
                 * Constructs a new Uint8s.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Uint8s.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Uint8s array. */
                array: Uint8Array;

                /**
                 * Encodes the specified Uint8s message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Uint8s.verify|verify} messages.
                 * @param message Uint8s message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Uint8s.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Uint8s message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Uint8s & dm_env_rpc.v1.Tensor.Uint8s.$Shape} Uint8s
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Uint8s & dm_env_rpc.v1.Tensor.Uint8s.$Shape;
            }

            namespace Uint8s {

                /** Properties of an Uint8s. */
                interface $Properties {

                    /** Uint8s array */
                    array?: Uint8Array;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Uint8s. */
                type $Shape = dm_env_rpc.v1.Tensor.Uint8s.$Properties;
            }

            /**
             * Properties of an Uint32s.
             * @deprecated Use dm_env_rpc.v1.Tensor.Uint32s.$Properties instead.
             */
            interface IUint32s extends dm_env_rpc.v1.Tensor.Uint32s.$Properties {
            }

            /** Represents an Uint32s. */
            class Uint32s {

                /**
                 * Constructs a new Uint32s.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Uint32s.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Uint32s array. */
                array: number[];

                /**
                 * Encodes the specified Uint32s message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Uint32s.verify|verify} messages.
                 * @param message Uint32s message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Uint32s.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Uint32s message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Uint32s & dm_env_rpc.v1.Tensor.Uint32s.$Shape} Uint32s
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Uint32s & dm_env_rpc.v1.Tensor.Uint32s.$Shape;
            }

            namespace Uint32s {

                /** Properties of an Uint32s. */
                interface $Properties {

                    /** Uint32s array */
                    array?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Uint32s. */
                type $Shape = dm_env_rpc.v1.Tensor.Uint32s.$Properties;
            }

            /**
             * Properties of an Uint64s.
             * @deprecated Use dm_env_rpc.v1.Tensor.Uint64s.$Properties instead.
             */
            interface IUint64s extends dm_env_rpc.v1.Tensor.Uint64s.$Properties {
            }

            /** Represents an Uint64s. */
            class Uint64s {

                /**
                 * Constructs a new Uint64s.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Uint64s.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Uint64s array. */
                array: number[];

                /**
                 * Encodes the specified Uint64s message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Uint64s.verify|verify} messages.
                 * @param message Uint64s message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Uint64s.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes an Uint64s message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Uint64s & dm_env_rpc.v1.Tensor.Uint64s.$Shape} Uint64s
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Uint64s & dm_env_rpc.v1.Tensor.Uint64s.$Shape;
            }

            namespace Uint64s {

                /** Properties of an Uint64s. */
                interface $Properties {

                    /** Uint64s array */
                    array?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of an Uint64s. */
                type $Shape = dm_env_rpc.v1.Tensor.Uint64s.$Properties;
            }

            /**
             * Properties of a Floats.
             * @deprecated Use dm_env_rpc.v1.Tensor.Floats.$Properties instead.
             */
            interface IFloats extends dm_env_rpc.v1.Tensor.Floats.$Properties {
            }

            /** Represents a Floats. */
            class Floats {

                /**
                 * Constructs a new Floats.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Floats.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Floats array. */
                array: number[];

                /**
                 * Encodes the specified Floats message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Floats.verify|verify} messages.
                 * @param message Floats message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Floats.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Floats message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Floats & dm_env_rpc.v1.Tensor.Floats.$Shape} Floats
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Floats & dm_env_rpc.v1.Tensor.Floats.$Shape;
            }

            namespace Floats {

                /** Properties of a Floats. */
                interface $Properties {

                    /** Floats array */
                    array?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Floats. */
                type $Shape = dm_env_rpc.v1.Tensor.Floats.$Properties;
            }

            /**
             * Properties of a Doubles.
             * @deprecated Use dm_env_rpc.v1.Tensor.Doubles.$Properties instead.
             */
            interface IDoubles extends dm_env_rpc.v1.Tensor.Doubles.$Properties {
            }

            /** Represents a Doubles. */
            class Doubles {

                /**
                 * Constructs a new Doubles.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Doubles.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Doubles array. */
                array: number[];

                /**
                 * Encodes the specified Doubles message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Doubles.verify|verify} messages.
                 * @param message Doubles message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Doubles.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Doubles message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Doubles & dm_env_rpc.v1.Tensor.Doubles.$Shape} Doubles
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Doubles & dm_env_rpc.v1.Tensor.Doubles.$Shape;
            }

            namespace Doubles {

                /** Properties of a Doubles. */
                interface $Properties {

                    /** Doubles array */
                    array?: number[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Doubles. */
                type $Shape = dm_env_rpc.v1.Tensor.Doubles.$Properties;
            }

            /**
             * Properties of a Bools.
             * @deprecated Use dm_env_rpc.v1.Tensor.Bools.$Properties instead.
             */
            interface IBools extends dm_env_rpc.v1.Tensor.Bools.$Properties {
            }

            /** Represents a Bools. */
            class Bools {

                /**
                 * Constructs a new Bools.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Bools.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Bools array. */
                array: boolean[];

                /**
                 * Encodes the specified Bools message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Bools.verify|verify} messages.
                 * @param message Bools message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Bools.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Bools message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Bools & dm_env_rpc.v1.Tensor.Bools.$Shape} Bools
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Bools & dm_env_rpc.v1.Tensor.Bools.$Shape;
            }

            namespace Bools {

                /** Properties of a Bools. */
                interface $Properties {

                    /** Bools array */
                    array?: boolean[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Bools. */
                type $Shape = dm_env_rpc.v1.Tensor.Bools.$Properties;
            }

            /**
             * Properties of a Strings.
             * @deprecated Use dm_env_rpc.v1.Tensor.Strings.$Properties instead.
             */
            interface IStrings extends dm_env_rpc.v1.Tensor.Strings.$Properties {
            }

            /** Represents a Strings. */
            class Strings {

                /**
                 * Constructs a new Strings.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.Tensor.Strings.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Strings array. */
                array: string[];

                /**
                 * Encodes the specified Strings message. Does not implicitly {@link dm_env_rpc.v1.Tensor.Strings.verify|verify} messages.
                 * @param message Strings message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.Tensor.Strings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Strings message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.Tensor.Strings & dm_env_rpc.v1.Tensor.Strings.$Shape} Strings
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Tensor.Strings & dm_env_rpc.v1.Tensor.Strings.$Shape;
            }

            namespace Strings {

                /** Properties of a Strings. */
                interface $Properties {

                    /** Strings array */
                    array?: string[];

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Strings. */
                type $Shape = dm_env_rpc.v1.Tensor.Strings.$Properties;
            }
        }

        /** DataType enum. */
        enum DataType {

            /** INVALID_DATA_TYPE value */
            INVALID_DATA_TYPE = 0,

            /** FLOAT value */
            FLOAT = 1,

            /** DOUBLE value */
            DOUBLE = 2,

            /** INT8 value */
            INT8 = 3,

            /** INT32 value */
            INT32 = 4,

            /** INT64 value */
            INT64 = 5,

            /** UINT8 value */
            UINT8 = 6,

            /** UINT32 value */
            UINT32 = 7,

            /** UINT64 value */
            UINT64 = 8,

            /** BOOL value */
            BOOL = 9,

            /** STRING value */
            STRING = 10,

            /** PROTO value */
            PROTO = 11
        }

        /**
         * Properties of a TensorSpec.
         * @deprecated Use dm_env_rpc.v1.TensorSpec.$Properties instead.
         */
        interface ITensorSpec extends dm_env_rpc.v1.TensorSpec.$Properties {
        }

        /** Represents a TensorSpec. */
        class TensorSpec {

            /**
             * Constructs a new TensorSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.TensorSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorSpec name. */
            name: string;

            /** TensorSpec shape. */
            shape: number[];

            /** TensorSpec dtype. */
            dtype: dm_env_rpc.v1.DataType;

            /** TensorSpec min. */
            min: dm_env_rpc.v1.TensorSpec.Value;

            /** TensorSpec max. */
            max: dm_env_rpc.v1.TensorSpec.Value;

            /**
             * Encodes the specified TensorSpec message. Does not implicitly {@link dm_env_rpc.v1.TensorSpec.verify|verify} messages.
             * @param message TensorSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.TensorSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.TensorSpec & dm_env_rpc.v1.TensorSpec.$Shape} TensorSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.TensorSpec & dm_env_rpc.v1.TensorSpec.$Shape;
        }

        namespace TensorSpec {

            /** Properties of a TensorSpec. */
            interface $Properties {

                /** TensorSpec name */
                name?: string;

                /** TensorSpec shape */
                shape?: number[];

                /** TensorSpec dtype */
                dtype?: dm_env_rpc.v1.DataType;

                /** TensorSpec min */
                min?: dm_env_rpc.v1.TensorSpec.Value.$Properties;

                /** TensorSpec max */
                max?: dm_env_rpc.v1.TensorSpec.Value.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorSpec. */
            type $Shape = {
              name?: string;
              shape?: number[];
              dtype?: dm_env_rpc.v1.DataType;
              min?: dm_env_rpc.v1.TensorSpec.Value.$Shape;
              max?: dm_env_rpc.v1.TensorSpec.Value.$Shape;
              $unknowns?: Uint8Array[];
            };

            /**
             * Properties of a Value.
             * @deprecated Use dm_env_rpc.v1.TensorSpec.Value.$Properties instead.
             */
            interface IValue extends dm_env_rpc.v1.TensorSpec.Value.$Properties {
            }

            /** Represents a Value. */
            class Value {

                /**
                 * Constructs a new Value.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.TensorSpec.Value.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Value float. */
                float: (number|null);

                /** Value double. */
                double: (number|null);

                /** Value int32. */
                int32: (number|null);

                /** Value int64. */
                int64: (number|null);

                /** Value uint32. */
                uint32: (number|null);

                /** Value uint64. */
                uint64: (number|null);

                /** Value int8. */
                int8: (number|null);

                /** Value uint8. */
                uint8: (number|null);

                /** Value payload. */
                payload?: ("float"|"double"|"int32"|"int64"|"uint32"|"uint64"|"int8"|"uint8");

                /**
                 * Encodes the specified Value message. Does not implicitly {@link dm_env_rpc.v1.TensorSpec.Value.verify|verify} messages.
                 * @param message Value message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.TensorSpec.Value.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Value message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.TensorSpec.Value & dm_env_rpc.v1.TensorSpec.Value.$Shape} Value
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.TensorSpec.Value & dm_env_rpc.v1.TensorSpec.Value.$Shape;
            }

            namespace Value {

                /** Properties of a Value. */
                interface $Properties {

                    /** Value float */
                    float?: (number|null);

                    /** Value double */
                    double?: (number|null);

                    /** Value int32 */
                    int32?: (number|null);

                    /** Value int64 */
                    int64?: (number|null);

                    /** Value uint32 */
                    uint32?: (number|null);

                    /** Value uint64 */
                    uint64?: (number|null);

                    /** Value int8 */
                    int8?: (number|null);

                    /** Value uint8 */
                    uint8?: (number|null);

                    /** Value payload */
                    payload?: ("float"|"double"|"int32"|"int64"|"uint32"|"uint64"|"int8"|"uint8");

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Narrowed shape of a Value. */
                type $Shape = {
                  float?: number|null;
                  double?: number|null;
                  int32?: number|null;
                  int64?: number|null;
                  uint32?: number|null;
                  uint64?: number|null;
                  int8?: number|null;
                  uint8?: number|null;
                  $unknowns?: Uint8Array[];
                } & (
                  ({ payload?: undefined; float?: null; double?: null; int32?: null; int64?: null; uint32?: null; uint64?: null; int8?: null; uint8?: null }|{ payload?: "float"; float: number; double?: null; int32?: null; int64?: null; uint32?: null; uint64?: null; int8?: null; uint8?: null }|{ payload?: "double"; float?: null; double: number; int32?: null; int64?: null; uint32?: null; uint64?: null; int8?: null; uint8?: null }|{ payload?: "int32"; float?: null; double?: null; int32: number; int64?: null; uint32?: null; uint64?: null; int8?: null; uint8?: null }|{ payload?: "int64"; float?: null; double?: null; int32?: null; int64: number; uint32?: null; uint64?: null; int8?: null; uint8?: null }|{ payload?: "uint32"; float?: null; double?: null; int32?: null; int64?: null; uint32: number; uint64?: null; int8?: null; uint8?: null }|{ payload?: "uint64"; float?: null; double?: null; int32?: null; int64?: null; uint32?: null; uint64: number; int8?: null; uint8?: null }|{ payload?: "int8"; float?: null; double?: null; int32?: null; int64?: null; uint32?: null; uint64?: null; int8: number; uint8?: null }|{ payload?: "uint8"; float?: null; double?: null; int32?: null; int64?: null; uint32?: null; uint64?: null; int8?: null; uint8: number })
                );
            }
        }

        /**
         * Properties of a CreateWorldRequest.
         * @deprecated Use dm_env_rpc.v1.CreateWorldRequest.$Properties instead.
         */
        interface ICreateWorldRequest extends dm_env_rpc.v1.CreateWorldRequest.$Properties {
        }

        /** Represents a CreateWorldRequest. */
        class CreateWorldRequest {

            /**
             * Constructs a new CreateWorldRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.CreateWorldRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateWorldRequest settings. */
            settings: { [k: string]: dm_env_rpc.v1.Tensor };

            /**
             * Encodes the specified CreateWorldRequest message. Does not implicitly {@link dm_env_rpc.v1.CreateWorldRequest.verify|verify} messages.
             * @param message CreateWorldRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.CreateWorldRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateWorldRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.CreateWorldRequest & dm_env_rpc.v1.CreateWorldRequest.$Shape} CreateWorldRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.CreateWorldRequest & dm_env_rpc.v1.CreateWorldRequest.$Shape;
        }

        namespace CreateWorldRequest {

            /** Properties of a CreateWorldRequest. */
            interface $Properties {

                /** CreateWorldRequest settings */
                settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateWorldRequest. */
            type $Shape = {
              settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a CreateWorldResponse.
         * @deprecated Use dm_env_rpc.v1.CreateWorldResponse.$Properties instead.
         */
        interface ICreateWorldResponse extends dm_env_rpc.v1.CreateWorldResponse.$Properties {
        }

        /** Represents a CreateWorldResponse. */
        class CreateWorldResponse {

            /**
             * Constructs a new CreateWorldResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.CreateWorldResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CreateWorldResponse worldName. */
            worldName: string;

            /**
             * Encodes the specified CreateWorldResponse message. Does not implicitly {@link dm_env_rpc.v1.CreateWorldResponse.verify|verify} messages.
             * @param message CreateWorldResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.CreateWorldResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CreateWorldResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.CreateWorldResponse & dm_env_rpc.v1.CreateWorldResponse.$Shape} CreateWorldResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.CreateWorldResponse & dm_env_rpc.v1.CreateWorldResponse.$Shape;
        }

        namespace CreateWorldResponse {

            /** Properties of a CreateWorldResponse. */
            interface $Properties {

                /** CreateWorldResponse worldName */
                worldName?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CreateWorldResponse. */
            type $Shape = dm_env_rpc.v1.CreateWorldResponse.$Properties;
        }

        /**
         * Properties of an ActionObservationSpecs.
         * @deprecated Use dm_env_rpc.v1.ActionObservationSpecs.$Properties instead.
         */
        interface IActionObservationSpecs extends dm_env_rpc.v1.ActionObservationSpecs.$Properties {
        }

        /** Represents an ActionObservationSpecs. */
        class ActionObservationSpecs {

            /**
             * Constructs a new ActionObservationSpecs.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ActionObservationSpecs.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ActionObservationSpecs actions. */
            actions: { [k: string]: dm_env_rpc.v1.TensorSpec };

            /** ActionObservationSpecs observations. */
            observations: { [k: string]: dm_env_rpc.v1.TensorSpec };

            /**
             * Encodes the specified ActionObservationSpecs message. Does not implicitly {@link dm_env_rpc.v1.ActionObservationSpecs.verify|verify} messages.
             * @param message ActionObservationSpecs message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ActionObservationSpecs.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ActionObservationSpecs message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ActionObservationSpecs & dm_env_rpc.v1.ActionObservationSpecs.$Shape} ActionObservationSpecs
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ActionObservationSpecs & dm_env_rpc.v1.ActionObservationSpecs.$Shape;
        }

        namespace ActionObservationSpecs {

            /** Properties of an ActionObservationSpecs. */
            interface $Properties {

                /** ActionObservationSpecs actions */
                actions?: { [k: string]: dm_env_rpc.v1.TensorSpec.$Properties };

                /** ActionObservationSpecs observations */
                observations?: { [k: string]: dm_env_rpc.v1.TensorSpec.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ActionObservationSpecs. */
            type $Shape = {
              actions?: { [k: string]: dm_env_rpc.v1.TensorSpec.$Shape };
              observations?: { [k: string]: dm_env_rpc.v1.TensorSpec.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a JoinWorldRequest.
         * @deprecated Use dm_env_rpc.v1.JoinWorldRequest.$Properties instead.
         */
        interface IJoinWorldRequest extends dm_env_rpc.v1.JoinWorldRequest.$Properties {
        }

        /** Represents a JoinWorldRequest. */
        class JoinWorldRequest {

            /**
             * Constructs a new JoinWorldRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.JoinWorldRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JoinWorldRequest worldName. */
            worldName: string;

            /** JoinWorldRequest settings. */
            settings: { [k: string]: dm_env_rpc.v1.Tensor };

            /**
             * Encodes the specified JoinWorldRequest message. Does not implicitly {@link dm_env_rpc.v1.JoinWorldRequest.verify|verify} messages.
             * @param message JoinWorldRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.JoinWorldRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JoinWorldRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.JoinWorldRequest & dm_env_rpc.v1.JoinWorldRequest.$Shape} JoinWorldRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.JoinWorldRequest & dm_env_rpc.v1.JoinWorldRequest.$Shape;
        }

        namespace JoinWorldRequest {

            /** Properties of a JoinWorldRequest. */
            interface $Properties {

                /** JoinWorldRequest worldName */
                worldName?: string;

                /** JoinWorldRequest settings */
                settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JoinWorldRequest. */
            type $Shape = {
              worldName?: string;
              settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a JoinWorldResponse.
         * @deprecated Use dm_env_rpc.v1.JoinWorldResponse.$Properties instead.
         */
        interface IJoinWorldResponse extends dm_env_rpc.v1.JoinWorldResponse.$Properties {
        }

        /** Represents a JoinWorldResponse. */
        class JoinWorldResponse {

            /**
             * Constructs a new JoinWorldResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.JoinWorldResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** JoinWorldResponse specs. */
            specs: dm_env_rpc.v1.ActionObservationSpecs;

            /**
             * Encodes the specified JoinWorldResponse message. Does not implicitly {@link dm_env_rpc.v1.JoinWorldResponse.verify|verify} messages.
             * @param message JoinWorldResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.JoinWorldResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a JoinWorldResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.JoinWorldResponse & dm_env_rpc.v1.JoinWorldResponse.$Shape} JoinWorldResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.JoinWorldResponse & dm_env_rpc.v1.JoinWorldResponse.$Shape;
        }

        namespace JoinWorldResponse {

            /** Properties of a JoinWorldResponse. */
            interface $Properties {

                /** JoinWorldResponse specs */
                specs?: dm_env_rpc.v1.ActionObservationSpecs.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a JoinWorldResponse. */
            type $Shape = {
              specs?: dm_env_rpc.v1.ActionObservationSpecs.$Shape;
              $unknowns?: Uint8Array[];
            };
        }

        /** EnvironmentStateType enum. */
        enum EnvironmentStateType {

            /** INVALID_ENVIRONMENT_STATE value */
            INVALID_ENVIRONMENT_STATE = 0,

            /** RUNNING value */
            RUNNING = 1,

            /** TERMINATED value */
            TERMINATED = 2,

            /** INTERRUPTED value */
            INTERRUPTED = 3
        }

        /**
         * Properties of a StepRequest.
         * @deprecated Use dm_env_rpc.v1.StepRequest.$Properties instead.
         */
        interface IStepRequest extends dm_env_rpc.v1.StepRequest.$Properties {
        }

        /** Represents a StepRequest. */
        class StepRequest {

            /**
             * Constructs a new StepRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.StepRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepRequest actions. */
            actions: { [k: string]: dm_env_rpc.v1.Tensor };

            /** StepRequest requestedObservations. */
            requestedObservations: number[];

            /**
             * Encodes the specified StepRequest message. Does not implicitly {@link dm_env_rpc.v1.StepRequest.verify|verify} messages.
             * @param message StepRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.StepRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.StepRequest & dm_env_rpc.v1.StepRequest.$Shape} StepRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.StepRequest & dm_env_rpc.v1.StepRequest.$Shape;
        }

        namespace StepRequest {

            /** Properties of a StepRequest. */
            interface $Properties {

                /** StepRequest actions */
                actions?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** StepRequest requestedObservations */
                requestedObservations?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StepRequest. */
            type $Shape = {
              actions?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              requestedObservations?: number[];
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a StepResponse.
         * @deprecated Use dm_env_rpc.v1.StepResponse.$Properties instead.
         */
        interface IStepResponse extends dm_env_rpc.v1.StepResponse.$Properties {
        }

        /** Represents a StepResponse. */
        class StepResponse {

            /**
             * Constructs a new StepResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.StepResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepResponse state. */
            state: dm_env_rpc.v1.EnvironmentStateType;

            /** StepResponse observations. */
            observations: { [k: string]: dm_env_rpc.v1.Tensor };

            /**
             * Encodes the specified StepResponse message. Does not implicitly {@link dm_env_rpc.v1.StepResponse.verify|verify} messages.
             * @param message StepResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.StepResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.StepResponse & dm_env_rpc.v1.StepResponse.$Shape} StepResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.StepResponse & dm_env_rpc.v1.StepResponse.$Shape;
        }

        namespace StepResponse {

            /** Properties of a StepResponse. */
            interface $Properties {

                /** StepResponse state */
                state?: dm_env_rpc.v1.EnvironmentStateType;

                /** StepResponse observations */
                observations?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StepResponse. */
            type $Shape = {
              state?: dm_env_rpc.v1.EnvironmentStateType;
              observations?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a ResetRequest.
         * @deprecated Use dm_env_rpc.v1.ResetRequest.$Properties instead.
         */
        interface IResetRequest extends dm_env_rpc.v1.ResetRequest.$Properties {
        }

        /** Represents a ResetRequest. */
        class ResetRequest {

            /**
             * Constructs a new ResetRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ResetRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ResetRequest settings. */
            settings: { [k: string]: dm_env_rpc.v1.Tensor };

            /**
             * Encodes the specified ResetRequest message. Does not implicitly {@link dm_env_rpc.v1.ResetRequest.verify|verify} messages.
             * @param message ResetRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ResetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResetRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ResetRequest & dm_env_rpc.v1.ResetRequest.$Shape} ResetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ResetRequest & dm_env_rpc.v1.ResetRequest.$Shape;
        }

        namespace ResetRequest {

            /** Properties of a ResetRequest. */
            interface $Properties {

                /** ResetRequest settings */
                settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResetRequest. */
            type $Shape = {
              settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a ResetResponse.
         * @deprecated Use dm_env_rpc.v1.ResetResponse.$Properties instead.
         */
        interface IResetResponse extends dm_env_rpc.v1.ResetResponse.$Properties {
        }

        /** Represents a ResetResponse. */
        class ResetResponse {

            /**
             * Constructs a new ResetResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ResetResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ResetResponse specs. */
            specs: dm_env_rpc.v1.ActionObservationSpecs;

            /**
             * Encodes the specified ResetResponse message. Does not implicitly {@link dm_env_rpc.v1.ResetResponse.verify|verify} messages.
             * @param message ResetResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ResetResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResetResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ResetResponse & dm_env_rpc.v1.ResetResponse.$Shape} ResetResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ResetResponse & dm_env_rpc.v1.ResetResponse.$Shape;
        }

        namespace ResetResponse {

            /** Properties of a ResetResponse. */
            interface $Properties {

                /** ResetResponse specs */
                specs?: dm_env_rpc.v1.ActionObservationSpecs.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResetResponse. */
            type $Shape = {
              specs?: dm_env_rpc.v1.ActionObservationSpecs.$Shape;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a ResetWorldRequest.
         * @deprecated Use dm_env_rpc.v1.ResetWorldRequest.$Properties instead.
         */
        interface IResetWorldRequest extends dm_env_rpc.v1.ResetWorldRequest.$Properties {
        }

        /** Represents a ResetWorldRequest. */
        class ResetWorldRequest {

            /**
             * Constructs a new ResetWorldRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ResetWorldRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ResetWorldRequest worldName. */
            worldName: string;

            /** ResetWorldRequest settings. */
            settings: { [k: string]: dm_env_rpc.v1.Tensor };

            /**
             * Encodes the specified ResetWorldRequest message. Does not implicitly {@link dm_env_rpc.v1.ResetWorldRequest.verify|verify} messages.
             * @param message ResetWorldRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ResetWorldRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResetWorldRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ResetWorldRequest & dm_env_rpc.v1.ResetWorldRequest.$Shape} ResetWorldRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ResetWorldRequest & dm_env_rpc.v1.ResetWorldRequest.$Shape;
        }

        namespace ResetWorldRequest {

            /** Properties of a ResetWorldRequest. */
            interface $Properties {

                /** ResetWorldRequest worldName */
                worldName?: string;

                /** ResetWorldRequest settings */
                settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResetWorldRequest. */
            type $Shape = {
              worldName?: string;
              settings?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a ResetWorldResponse.
         * @deprecated Use dm_env_rpc.v1.ResetWorldResponse.$Properties instead.
         */
        interface IResetWorldResponse extends dm_env_rpc.v1.ResetWorldResponse.$Properties {
        }

        /** Represents a ResetWorldResponse. */
        class ResetWorldResponse {

            /**
             * Constructs a new ResetWorldResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ResetWorldResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified ResetWorldResponse message. Does not implicitly {@link dm_env_rpc.v1.ResetWorldResponse.verify|verify} messages.
             * @param message ResetWorldResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ResetWorldResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResetWorldResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ResetWorldResponse & dm_env_rpc.v1.ResetWorldResponse.$Shape} ResetWorldResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ResetWorldResponse & dm_env_rpc.v1.ResetWorldResponse.$Shape;
        }

        namespace ResetWorldResponse {

            /** Properties of a ResetWorldResponse. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResetWorldResponse. */
            type $Shape = dm_env_rpc.v1.ResetWorldResponse.$Properties;
        }

        /**
         * Properties of a LeaveWorldRequest.
         * @deprecated Use dm_env_rpc.v1.LeaveWorldRequest.$Properties instead.
         */
        interface ILeaveWorldRequest extends dm_env_rpc.v1.LeaveWorldRequest.$Properties {
        }

        /** Represents a LeaveWorldRequest. */
        class LeaveWorldRequest {

            /**
             * Constructs a new LeaveWorldRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.LeaveWorldRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified LeaveWorldRequest message. Does not implicitly {@link dm_env_rpc.v1.LeaveWorldRequest.verify|verify} messages.
             * @param message LeaveWorldRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.LeaveWorldRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LeaveWorldRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.LeaveWorldRequest & dm_env_rpc.v1.LeaveWorldRequest.$Shape} LeaveWorldRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.LeaveWorldRequest & dm_env_rpc.v1.LeaveWorldRequest.$Shape;
        }

        namespace LeaveWorldRequest {

            /** Properties of a LeaveWorldRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LeaveWorldRequest. */
            type $Shape = dm_env_rpc.v1.LeaveWorldRequest.$Properties;
        }

        /**
         * Properties of a LeaveWorldResponse.
         * @deprecated Use dm_env_rpc.v1.LeaveWorldResponse.$Properties instead.
         */
        interface ILeaveWorldResponse extends dm_env_rpc.v1.LeaveWorldResponse.$Properties {
        }

        /** Represents a LeaveWorldResponse. */
        class LeaveWorldResponse {

            /**
             * Constructs a new LeaveWorldResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.LeaveWorldResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified LeaveWorldResponse message. Does not implicitly {@link dm_env_rpc.v1.LeaveWorldResponse.verify|verify} messages.
             * @param message LeaveWorldResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.LeaveWorldResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LeaveWorldResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.LeaveWorldResponse & dm_env_rpc.v1.LeaveWorldResponse.$Shape} LeaveWorldResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.LeaveWorldResponse & dm_env_rpc.v1.LeaveWorldResponse.$Shape;
        }

        namespace LeaveWorldResponse {

            /** Properties of a LeaveWorldResponse. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LeaveWorldResponse. */
            type $Shape = dm_env_rpc.v1.LeaveWorldResponse.$Properties;
        }

        /**
         * Properties of a DestroyWorldRequest.
         * @deprecated Use dm_env_rpc.v1.DestroyWorldRequest.$Properties instead.
         */
        interface IDestroyWorldRequest extends dm_env_rpc.v1.DestroyWorldRequest.$Properties {
        }

        /** Represents a DestroyWorldRequest. */
        class DestroyWorldRequest {

            /**
             * Constructs a new DestroyWorldRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.DestroyWorldRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DestroyWorldRequest worldName. */
            worldName: string;

            /**
             * Encodes the specified DestroyWorldRequest message. Does not implicitly {@link dm_env_rpc.v1.DestroyWorldRequest.verify|verify} messages.
             * @param message DestroyWorldRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.DestroyWorldRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DestroyWorldRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.DestroyWorldRequest & dm_env_rpc.v1.DestroyWorldRequest.$Shape} DestroyWorldRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.DestroyWorldRequest & dm_env_rpc.v1.DestroyWorldRequest.$Shape;
        }

        namespace DestroyWorldRequest {

            /** Properties of a DestroyWorldRequest. */
            interface $Properties {

                /** DestroyWorldRequest worldName */
                worldName?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DestroyWorldRequest. */
            type $Shape = dm_env_rpc.v1.DestroyWorldRequest.$Properties;
        }

        /**
         * Properties of a DestroyWorldResponse.
         * @deprecated Use dm_env_rpc.v1.DestroyWorldResponse.$Properties instead.
         */
        interface IDestroyWorldResponse extends dm_env_rpc.v1.DestroyWorldResponse.$Properties {
        }

        /** Represents a DestroyWorldResponse. */
        class DestroyWorldResponse {

            /**
             * Constructs a new DestroyWorldResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.DestroyWorldResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified DestroyWorldResponse message. Does not implicitly {@link dm_env_rpc.v1.DestroyWorldResponse.verify|verify} messages.
             * @param message DestroyWorldResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.DestroyWorldResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DestroyWorldResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.DestroyWorldResponse & dm_env_rpc.v1.DestroyWorldResponse.$Shape} DestroyWorldResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.DestroyWorldResponse & dm_env_rpc.v1.DestroyWorldResponse.$Shape;
        }

        namespace DestroyWorldResponse {

            /** Properties of a DestroyWorldResponse. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DestroyWorldResponse. */
            type $Shape = dm_env_rpc.v1.DestroyWorldResponse.$Properties;
        }

        /**
         * Properties of a ReadPropertyRequest.
         * @deprecated Use dm_env_rpc.v1.ReadPropertyRequest.$Properties instead.
         */
        interface IReadPropertyRequest extends dm_env_rpc.v1.ReadPropertyRequest.$Properties {
        }

        /** Represents a ReadPropertyRequest. */
        class ReadPropertyRequest {

            /**
             * Constructs a new ReadPropertyRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ReadPropertyRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReadPropertyRequest keys. */
            keys: string[];

            /**
             * Encodes the specified ReadPropertyRequest message. Does not implicitly {@link dm_env_rpc.v1.ReadPropertyRequest.verify|verify} messages.
             * @param message ReadPropertyRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ReadPropertyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadPropertyRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ReadPropertyRequest & dm_env_rpc.v1.ReadPropertyRequest.$Shape} ReadPropertyRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ReadPropertyRequest & dm_env_rpc.v1.ReadPropertyRequest.$Shape;
        }

        namespace ReadPropertyRequest {

            /** Properties of a ReadPropertyRequest. */
            interface $Properties {

                /** ReadPropertyRequest keys */
                keys?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReadPropertyRequest. */
            type $Shape = dm_env_rpc.v1.ReadPropertyRequest.$Properties;
        }

        /**
         * Properties of a ReadPropertyResponse.
         * @deprecated Use dm_env_rpc.v1.ReadPropertyResponse.$Properties instead.
         */
        interface IReadPropertyResponse extends dm_env_rpc.v1.ReadPropertyResponse.$Properties {
        }

        /** Represents a ReadPropertyResponse. */
        class ReadPropertyResponse {

            /**
             * Constructs a new ReadPropertyResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ReadPropertyResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ReadPropertyResponse properties. */
            properties: { [k: string]: dm_env_rpc.v1.Tensor };

            /**
             * Encodes the specified ReadPropertyResponse message. Does not implicitly {@link dm_env_rpc.v1.ReadPropertyResponse.verify|verify} messages.
             * @param message ReadPropertyResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ReadPropertyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ReadPropertyResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ReadPropertyResponse & dm_env_rpc.v1.ReadPropertyResponse.$Shape} ReadPropertyResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ReadPropertyResponse & dm_env_rpc.v1.ReadPropertyResponse.$Shape;
        }

        namespace ReadPropertyResponse {

            /** Properties of a ReadPropertyResponse. */
            interface $Properties {

                /** ReadPropertyResponse properties */
                properties?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ReadPropertyResponse. */
            type $Shape = {
              properties?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a WritePropertyRequest.
         * @deprecated Use dm_env_rpc.v1.WritePropertyRequest.$Properties instead.
         */
        interface IWritePropertyRequest extends dm_env_rpc.v1.WritePropertyRequest.$Properties {
        }

        /** Represents a WritePropertyRequest. */
        class WritePropertyRequest {

            /**
             * Constructs a new WritePropertyRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.WritePropertyRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WritePropertyRequest properties. */
            properties: { [k: string]: dm_env_rpc.v1.Tensor };

            /**
             * Encodes the specified WritePropertyRequest message. Does not implicitly {@link dm_env_rpc.v1.WritePropertyRequest.verify|verify} messages.
             * @param message WritePropertyRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.WritePropertyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WritePropertyRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.WritePropertyRequest & dm_env_rpc.v1.WritePropertyRequest.$Shape} WritePropertyRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.WritePropertyRequest & dm_env_rpc.v1.WritePropertyRequest.$Shape;
        }

        namespace WritePropertyRequest {

            /** Properties of a WritePropertyRequest. */
            interface $Properties {

                /** WritePropertyRequest properties */
                properties?: { [k: string]: dm_env_rpc.v1.Tensor.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WritePropertyRequest. */
            type $Shape = {
              properties?: { [k: string]: dm_env_rpc.v1.Tensor.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a WritePropertyResponse.
         * @deprecated Use dm_env_rpc.v1.WritePropertyResponse.$Properties instead.
         */
        interface IWritePropertyResponse extends dm_env_rpc.v1.WritePropertyResponse.$Properties {
        }

        /** Represents a WritePropertyResponse. */
        class WritePropertyResponse {

            /**
             * Constructs a new WritePropertyResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.WritePropertyResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified WritePropertyResponse message. Does not implicitly {@link dm_env_rpc.v1.WritePropertyResponse.verify|verify} messages.
             * @param message WritePropertyResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.WritePropertyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WritePropertyResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.WritePropertyResponse & dm_env_rpc.v1.WritePropertyResponse.$Shape} WritePropertyResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.WritePropertyResponse & dm_env_rpc.v1.WritePropertyResponse.$Shape;
        }

        namespace WritePropertyResponse {

            /** Properties of a WritePropertyResponse. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WritePropertyResponse. */
            type $Shape = dm_env_rpc.v1.WritePropertyResponse.$Properties;
        }

        /**
         * Properties of a ListPropertyRequest.
         * @deprecated Use dm_env_rpc.v1.ListPropertyRequest.$Properties instead.
         */
        interface IListPropertyRequest extends dm_env_rpc.v1.ListPropertyRequest.$Properties {
        }

        /** Represents a ListPropertyRequest. */
        class ListPropertyRequest {

            /**
             * Constructs a new ListPropertyRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ListPropertyRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListPropertyRequest keys. */
            keys: string[];

            /**
             * Encodes the specified ListPropertyRequest message. Does not implicitly {@link dm_env_rpc.v1.ListPropertyRequest.verify|verify} messages.
             * @param message ListPropertyRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ListPropertyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListPropertyRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ListPropertyRequest & dm_env_rpc.v1.ListPropertyRequest.$Shape} ListPropertyRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ListPropertyRequest & dm_env_rpc.v1.ListPropertyRequest.$Shape;
        }

        namespace ListPropertyRequest {

            /** Properties of a ListPropertyRequest. */
            interface $Properties {

                /** ListPropertyRequest keys */
                keys?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListPropertyRequest. */
            type $Shape = dm_env_rpc.v1.ListPropertyRequest.$Properties;
        }

        /**
         * Properties of a ListPropertyResponse.
         * @deprecated Use dm_env_rpc.v1.ListPropertyResponse.$Properties instead.
         */
        interface IListPropertyResponse extends dm_env_rpc.v1.ListPropertyResponse.$Properties {
        }

        /** Represents a ListPropertyResponse. */
        class ListPropertyResponse {

            /**
             * Constructs a new ListPropertyResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.ListPropertyResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ListPropertyResponse properties. */
            properties: { [k: string]: dm_env_rpc.v1.ListPropertyResponse.Property };

            /**
             * Encodes the specified ListPropertyResponse message. Does not implicitly {@link dm_env_rpc.v1.ListPropertyResponse.verify|verify} messages.
             * @param message ListPropertyResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.ListPropertyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListPropertyResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.ListPropertyResponse & dm_env_rpc.v1.ListPropertyResponse.$Shape} ListPropertyResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ListPropertyResponse & dm_env_rpc.v1.ListPropertyResponse.$Shape;
        }

        namespace ListPropertyResponse {

            /** Properties of a ListPropertyResponse. */
            interface $Properties {

                /** ListPropertyResponse properties */
                properties?: { [k: string]: dm_env_rpc.v1.ListPropertyResponse.Property.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListPropertyResponse. */
            type $Shape = {
              properties?: { [k: string]: dm_env_rpc.v1.ListPropertyResponse.Property.$Shape };
              $unknowns?: Uint8Array[];
            };

            /**
             * Properties of a Property.
             * @deprecated Use dm_env_rpc.v1.ListPropertyResponse.Property.$Properties instead.
             */
            interface IProperty extends dm_env_rpc.v1.ListPropertyResponse.Property.$Properties {
            }

            /** Represents a Property. */
            class Property {

                /**
                 * Constructs a new Property.
                 * @param [properties] Properties to set
                 */
                constructor(properties?: dm_env_rpc.v1.ListPropertyResponse.Property.$Properties);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];

                /** Property isReadable. */
                isReadable: boolean;

                /** Property isWriteable. */
                isWriteable: boolean;

                /** Property isListable. */
                isListable: boolean;

                /** Property spec. */
                spec: dm_env_rpc.v1.TensorSpec;

                /**
                 * Encodes the specified Property message. Does not implicitly {@link dm_env_rpc.v1.ListPropertyResponse.Property.verify|verify} messages.
                 * @param message Property message or plain object to encode
                 * @param [writer] Writer to encode to
                 * @returns Writer
                 */
                static encode(message: dm_env_rpc.v1.ListPropertyResponse.Property.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

                /**
                 * Decodes a Property message from the specified reader or buffer.
                 * @param reader Reader or buffer to decode from
                 * @param [length] Message length if known beforehand
                 * @returns {dm_env_rpc.v1.ListPropertyResponse.Property & dm_env_rpc.v1.ListPropertyResponse.Property.$Shape} Property
                 * @throws {Error} If the payload is not a reader or valid buffer
                 * @throws {$protobuf.util.ProtocolError} If required fields are missing
                 */
                static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.ListPropertyResponse.Property & dm_env_rpc.v1.ListPropertyResponse.Property.$Shape;
            }

            namespace Property {

                /** Properties of a Property. */
                interface $Properties {

                    /** Property isReadable */
                    isReadable?: boolean;

                    /** Property isWriteable */
                    isWriteable?: boolean;

                    /** Property isListable */
                    isListable?: boolean;

                    /** Property spec */
                    spec?: dm_env_rpc.v1.TensorSpec.$Properties;

                    /** Unknown fields preserved while decoding when enabled */
                    $unknowns?: Uint8Array[];
                }

                /** Shape of a Property. */
                type $Shape = {
                  isReadable?: boolean;
                  isWriteable?: boolean;
                  isListable?: boolean;
                  spec?: dm_env_rpc.v1.TensorSpec.$Shape;
                  $unknowns?: Uint8Array[];
                };
            }
        }

        /**
         * Properties of a Status.
         * @deprecated Use dm_env_rpc.v1.Status.$Properties instead.
         */
        interface IStatus extends dm_env_rpc.v1.Status.$Properties {
        }

        /** Represents a Status. */
        class Status {

            /**
             * Constructs a new Status.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.Status.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Status code. */
            code: number;

            /** Status message. */
            message: string;

            /**
             * Encodes the specified Status message. Does not implicitly {@link dm_env_rpc.v1.Status.verify|verify} messages.
             * @param message Status message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Status message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.Status & dm_env_rpc.v1.Status.$Shape} Status
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.Status & dm_env_rpc.v1.Status.$Shape;
        }

        namespace Status {

            /** Properties of a Status. */
            interface $Properties {

                /** Status code */
                code?: number;

                /** Status message */
                message?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Status. */
            type $Shape = dm_env_rpc.v1.Status.$Properties;
        }

        /**
         * Properties of an EnvironmentRequest.
         * @deprecated Use dm_env_rpc.v1.EnvironmentRequest.$Properties instead.
         */
        interface IEnvironmentRequest extends dm_env_rpc.v1.EnvironmentRequest.$Properties {
        }

        /** Represents an EnvironmentRequest. */
        class EnvironmentRequest {

            /**
             * Constructs a new EnvironmentRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.EnvironmentRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EnvironmentRequest createWorld. */
            createWorld: (dm_env_rpc.v1.CreateWorldRequest|null);

            /** EnvironmentRequest joinWorld. */
            joinWorld: (dm_env_rpc.v1.JoinWorldRequest|null);

            /** EnvironmentRequest step. */
            step: (dm_env_rpc.v1.StepRequest|null);

            /** EnvironmentRequest reset. */
            reset: (dm_env_rpc.v1.ResetRequest|null);

            /** EnvironmentRequest resetWorld. */
            resetWorld: (dm_env_rpc.v1.ResetWorldRequest|null);

            /** EnvironmentRequest leaveWorld. */
            leaveWorld: (dm_env_rpc.v1.LeaveWorldRequest|null);

            /** EnvironmentRequest destroyWorld. */
            destroyWorld: (dm_env_rpc.v1.DestroyWorldRequest|null);

            /** EnvironmentRequest readProperty. */
            readProperty: (dm_env_rpc.v1.ReadPropertyRequest|null);

            /** EnvironmentRequest writeProperty. */
            writeProperty: (dm_env_rpc.v1.WritePropertyRequest|null);

            /** EnvironmentRequest listProperty. */
            listProperty: (dm_env_rpc.v1.ListPropertyRequest|null);

            /** EnvironmentRequest payload. */
            payload?: ("createWorld"|"joinWorld"|"step"|"reset"|"resetWorld"|"leaveWorld"|"destroyWorld"|"readProperty"|"writeProperty"|"listProperty");

            /**
             * Encodes the specified EnvironmentRequest message. Does not implicitly {@link dm_env_rpc.v1.EnvironmentRequest.verify|verify} messages.
             * @param message EnvironmentRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.EnvironmentRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EnvironmentRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.EnvironmentRequest & dm_env_rpc.v1.EnvironmentRequest.$Shape} EnvironmentRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.EnvironmentRequest & dm_env_rpc.v1.EnvironmentRequest.$Shape;
        }

        namespace EnvironmentRequest {

            /** Properties of an EnvironmentRequest. */
            interface $Properties {

                /** EnvironmentRequest createWorld */
                createWorld?: (dm_env_rpc.v1.CreateWorldRequest.$Properties|null);

                /** EnvironmentRequest joinWorld */
                joinWorld?: (dm_env_rpc.v1.JoinWorldRequest.$Properties|null);

                /** EnvironmentRequest step */
                step?: (dm_env_rpc.v1.StepRequest.$Properties|null);

                /** EnvironmentRequest reset */
                reset?: (dm_env_rpc.v1.ResetRequest.$Properties|null);

                /** EnvironmentRequest resetWorld */
                resetWorld?: (dm_env_rpc.v1.ResetWorldRequest.$Properties|null);

                /** EnvironmentRequest leaveWorld */
                leaveWorld?: (dm_env_rpc.v1.LeaveWorldRequest.$Properties|null);

                /** EnvironmentRequest destroyWorld */
                destroyWorld?: (dm_env_rpc.v1.DestroyWorldRequest.$Properties|null);

                /** EnvironmentRequest readProperty */
                readProperty?: (dm_env_rpc.v1.ReadPropertyRequest.$Properties|null);

                /** EnvironmentRequest writeProperty */
                writeProperty?: (dm_env_rpc.v1.WritePropertyRequest.$Properties|null);

                /** EnvironmentRequest listProperty */
                listProperty?: (dm_env_rpc.v1.ListPropertyRequest.$Properties|null);

                /** EnvironmentRequest payload */
                payload?: ("createWorld"|"joinWorld"|"step"|"reset"|"resetWorld"|"leaveWorld"|"destroyWorld"|"readProperty"|"writeProperty"|"listProperty");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an EnvironmentRequest. */
            type $Shape = {
              createWorld?: dm_env_rpc.v1.CreateWorldRequest.$Shape|null;
              joinWorld?: dm_env_rpc.v1.JoinWorldRequest.$Shape|null;
              step?: dm_env_rpc.v1.StepRequest.$Shape|null;
              reset?: dm_env_rpc.v1.ResetRequest.$Shape|null;
              resetWorld?: dm_env_rpc.v1.ResetWorldRequest.$Shape|null;
              leaveWorld?: dm_env_rpc.v1.LeaveWorldRequest.$Shape|null;
              destroyWorld?: dm_env_rpc.v1.DestroyWorldRequest.$Shape|null;
              readProperty?: dm_env_rpc.v1.ReadPropertyRequest.$Shape|null;
              writeProperty?: dm_env_rpc.v1.WritePropertyRequest.$Shape|null;
              listProperty?: dm_env_rpc.v1.ListPropertyRequest.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ payload?: undefined; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "createWorld"; createWorld: dm_env_rpc.v1.CreateWorldRequest.$Shape; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "joinWorld"; createWorld?: null; joinWorld: dm_env_rpc.v1.JoinWorldRequest.$Shape; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "step"; createWorld?: null; joinWorld?: null; step: dm_env_rpc.v1.StepRequest.$Shape; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "reset"; createWorld?: null; joinWorld?: null; step?: null; reset: dm_env_rpc.v1.ResetRequest.$Shape; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "resetWorld"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld: dm_env_rpc.v1.ResetWorldRequest.$Shape; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "leaveWorld"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld: dm_env_rpc.v1.LeaveWorldRequest.$Shape; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "destroyWorld"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld: dm_env_rpc.v1.DestroyWorldRequest.$Shape; readProperty?: null; writeProperty?: null; listProperty?: null }|{ payload?: "readProperty"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty: dm_env_rpc.v1.ReadPropertyRequest.$Shape; writeProperty?: null; listProperty?: null }|{ payload?: "writeProperty"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty: dm_env_rpc.v1.WritePropertyRequest.$Shape; listProperty?: null }|{ payload?: "listProperty"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty: dm_env_rpc.v1.ListPropertyRequest.$Shape })
            );
        }

        /**
         * Properties of an EnvironmentResponse.
         * @deprecated Use dm_env_rpc.v1.EnvironmentResponse.$Properties instead.
         */
        interface IEnvironmentResponse extends dm_env_rpc.v1.EnvironmentResponse.$Properties {
        }

        /** Represents an EnvironmentResponse. */
        class EnvironmentResponse {

            /**
             * Constructs a new EnvironmentResponse.
             * @param [properties] Properties to set
             */
            constructor(properties?: dm_env_rpc.v1.EnvironmentResponse.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EnvironmentResponse createWorld. */
            createWorld: (dm_env_rpc.v1.CreateWorldResponse|null);

            /** EnvironmentResponse joinWorld. */
            joinWorld: (dm_env_rpc.v1.JoinWorldResponse|null);

            /** EnvironmentResponse step. */
            step: (dm_env_rpc.v1.StepResponse|null);

            /** EnvironmentResponse reset. */
            reset: (dm_env_rpc.v1.ResetResponse|null);

            /** EnvironmentResponse resetWorld. */
            resetWorld: (dm_env_rpc.v1.ResetWorldResponse|null);

            /** EnvironmentResponse leaveWorld. */
            leaveWorld: (dm_env_rpc.v1.LeaveWorldResponse|null);

            /** EnvironmentResponse destroyWorld. */
            destroyWorld: (dm_env_rpc.v1.DestroyWorldResponse|null);

            /** EnvironmentResponse readProperty. */
            readProperty: (dm_env_rpc.v1.ReadPropertyResponse|null);

            /** EnvironmentResponse writeProperty. */
            writeProperty: (dm_env_rpc.v1.WritePropertyResponse|null);

            /** EnvironmentResponse listProperty. */
            listProperty: (dm_env_rpc.v1.ListPropertyResponse|null);

            /** EnvironmentResponse error. */
            error: (dm_env_rpc.v1.Status|null);

            /** EnvironmentResponse payload. */
            payload?: ("createWorld"|"joinWorld"|"step"|"reset"|"resetWorld"|"leaveWorld"|"destroyWorld"|"readProperty"|"writeProperty"|"listProperty"|"error");

            /**
             * Encodes the specified EnvironmentResponse message. Does not implicitly {@link dm_env_rpc.v1.EnvironmentResponse.verify|verify} messages.
             * @param message EnvironmentResponse message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: dm_env_rpc.v1.EnvironmentResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EnvironmentResponse message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {dm_env_rpc.v1.EnvironmentResponse & dm_env_rpc.v1.EnvironmentResponse.$Shape} EnvironmentResponse
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): dm_env_rpc.v1.EnvironmentResponse & dm_env_rpc.v1.EnvironmentResponse.$Shape;
        }

        namespace EnvironmentResponse {

            /** Properties of an EnvironmentResponse. */
            interface $Properties {

                /** EnvironmentResponse createWorld */
                createWorld?: (dm_env_rpc.v1.CreateWorldResponse.$Properties|null);

                /** EnvironmentResponse joinWorld */
                joinWorld?: (dm_env_rpc.v1.JoinWorldResponse.$Properties|null);

                /** EnvironmentResponse step */
                step?: (dm_env_rpc.v1.StepResponse.$Properties|null);

                /** EnvironmentResponse reset */
                reset?: (dm_env_rpc.v1.ResetResponse.$Properties|null);

                /** EnvironmentResponse resetWorld */
                resetWorld?: (dm_env_rpc.v1.ResetWorldResponse.$Properties|null);

                /** EnvironmentResponse leaveWorld */
                leaveWorld?: (dm_env_rpc.v1.LeaveWorldResponse.$Properties|null);

                /** EnvironmentResponse destroyWorld */
                destroyWorld?: (dm_env_rpc.v1.DestroyWorldResponse.$Properties|null);

                /** EnvironmentResponse readProperty */
                readProperty?: (dm_env_rpc.v1.ReadPropertyResponse.$Properties|null);

                /** EnvironmentResponse writeProperty */
                writeProperty?: (dm_env_rpc.v1.WritePropertyResponse.$Properties|null);

                /** EnvironmentResponse listProperty */
                listProperty?: (dm_env_rpc.v1.ListPropertyResponse.$Properties|null);

                /** EnvironmentResponse error */
                error?: (dm_env_rpc.v1.Status.$Properties|null);

                /** EnvironmentResponse payload */
                payload?: ("createWorld"|"joinWorld"|"step"|"reset"|"resetWorld"|"leaveWorld"|"destroyWorld"|"readProperty"|"writeProperty"|"listProperty"|"error");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an EnvironmentResponse. */
            type $Shape = {
              createWorld?: dm_env_rpc.v1.CreateWorldResponse.$Shape|null;
              joinWorld?: dm_env_rpc.v1.JoinWorldResponse.$Shape|null;
              step?: dm_env_rpc.v1.StepResponse.$Shape|null;
              reset?: dm_env_rpc.v1.ResetResponse.$Shape|null;
              resetWorld?: dm_env_rpc.v1.ResetWorldResponse.$Shape|null;
              leaveWorld?: dm_env_rpc.v1.LeaveWorldResponse.$Shape|null;
              destroyWorld?: dm_env_rpc.v1.DestroyWorldResponse.$Shape|null;
              readProperty?: dm_env_rpc.v1.ReadPropertyResponse.$Shape|null;
              writeProperty?: dm_env_rpc.v1.WritePropertyResponse.$Shape|null;
              listProperty?: dm_env_rpc.v1.ListPropertyResponse.$Shape|null;
              error?: dm_env_rpc.v1.Status.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ payload?: undefined; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "createWorld"; createWorld: dm_env_rpc.v1.CreateWorldResponse.$Shape; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "joinWorld"; createWorld?: null; joinWorld: dm_env_rpc.v1.JoinWorldResponse.$Shape; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "step"; createWorld?: null; joinWorld?: null; step: dm_env_rpc.v1.StepResponse.$Shape; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "reset"; createWorld?: null; joinWorld?: null; step?: null; reset: dm_env_rpc.v1.ResetResponse.$Shape; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "resetWorld"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld: dm_env_rpc.v1.ResetWorldResponse.$Shape; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "leaveWorld"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld: dm_env_rpc.v1.LeaveWorldResponse.$Shape; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "destroyWorld"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld: dm_env_rpc.v1.DestroyWorldResponse.$Shape; readProperty?: null; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "readProperty"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty: dm_env_rpc.v1.ReadPropertyResponse.$Shape; writeProperty?: null; listProperty?: null; error?: null }|{ payload?: "writeProperty"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty: dm_env_rpc.v1.WritePropertyResponse.$Shape; listProperty?: null; error?: null }|{ payload?: "listProperty"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty: dm_env_rpc.v1.ListPropertyResponse.$Shape; error?: null }|{ payload?: "error"; createWorld?: null; joinWorld?: null; step?: null; reset?: null; resetWorld?: null; leaveWorld?: null; destroyWorld?: null; readProperty?: null; writeProperty?: null; listProperty?: null; error: dm_env_rpc.v1.Status.$Shape })
            );
        }
    }
}
