;; Past the rest of an object or list, 64 bytes at a time: what BalancedBytes.walk does byte by byte, in a form that is
;; fast from its first call. The method is that of simdjson (https://arxiv.org/abs/1902.08318, section 3.1): one bit
;; for each of 64 bytes, in masks of quotes, brackets and line ends.
;;
;; Where the bytes are not as they should be, and for the last bytes of a chunk, it stops before them and leaves them to
;; the loop that goes byte by byte.
(module
  (memory (import "chunk" "memory") 17 17)

  ;; at, end: where in the memory to begin, and where the chunk ends.
  ;; depth: how many brackets are open. start: -1 inside of a string, otherwise 0.
  ;; watched: the depth at which strings that may be the key "arn" are looked for; -1: none.
  ;;
  ;; Gives 0: go on byte by byte; 1: the last bracket is closed; 2: behind a quote that may be the one before "arn".
  ;; The first words of the memory then hold where that is, the depth, whether it is in a string, whether the next byte
  ;; is escaped, how many lines ended, and where the last of them did.
  (func (export "leap") (param $at i32) (param $end i32) (param $depth i32) (param $start i32) (param $watched i32)
      (result i32)
    (local $v0 v128) (local $v1 v128) (local $v2 v128) (local $v3 v128)
    (local $quote v128) (local $backslash v128) (local $case v128) (local $openers v128) (local $closers v128)
    (local $newline v128) (local $nibble v128) (local $byLow v128) (local $byHigh v128) (local $zero v128)
    (local $slashes i64) (local $escaped i64) (local $escapes i64) (local $quotes i64) (local $inside i64)
    (local $opening i64) (local $closing i64) (local $ends i64) (local $rest i64) (local $bit i64) (local $within i64)
    (local $carried i64) (local $string i64) (local $level i32) (local $lines i32) (local $lineAt i32) (local $answer i32)

    (local.set $string (i64.extend_i32_s (local.get $start)))
    (local.set $quote (i8x16.splat (i32.const 0x22)))
    (local.set $backslash (i8x16.splat (i32.const 0x5c)))
    (local.set $newline (i8x16.splat (i32.const 0x0a)))
    (local.set $nibble (i8x16.splat (i32.const 0x0f)))
    ;; Brackets differ from braces by this bit.
    (local.set $case (i8x16.splat (i32.const 0x20)))
    (local.set $openers (i8x16.splat (i32.const 0x7b)))
    (local.set $closers (i8x16.splat (i32.const 0x7d)))
    ;; A byte may stand outside of strings if its two halves have a bit in common here.
    (local.set $byLow (v128.const i8x16 0x06 0x24 0x46 0x44 0x44 0x6c 0x24 0x04 0x04 0x05 0x05 0x52 0x22 0x53 0x22 0x00))
    (local.set $byHigh (v128.const i8x16 0x01 0x00 0x02 0x04 0x08 0x10 0x20 0x40 0x00 0x00 0x00 0x00 0x00 0x00 0x00 0x00))

    (block $done
      (loop $blocks
        ;; Two more are looked at where "arn" is looked for.
        (br_if $done (i32.gt_u (i32.add (local.get $at) (i32.const 66)) (local.get $end)))
        (local.set $v0 (v128.load offset=0 (local.get $at)))
        (local.set $v1 (v128.load offset=16 (local.get $at)))
        (local.set $v2 (v128.load offset=32 (local.get $at)))
        (local.set $v3 (v128.load offset=48 (local.get $at)))

        ;; Bytes behind a backslash that is not escaped itself: simdjson's arithmetic on runs of backslashes.
        (local.set $slashes (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v0) (local.get $backslash))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v1) (local.get $backslash)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v2) (local.get $backslash)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v3) (local.get $backslash)))) (i64.const 48)))))
        (if (i64.eqz (local.get $slashes))
          (then
            (local.set $escaped (local.get $carried))
            (local.set $escapes (i64.const 0)))
          (else
            (local.set $escapes
              (i64.xor
                (i64.sub
                  (i64.or
                    (i64.shl (i64.and (local.get $slashes) (i64.xor (local.get $carried) (i64.const -1))) (i64.const 1))
                    (i64.const 0xaaaaaaaaaaaaaaaa))
                  (i64.and (local.get $slashes) (i64.xor (local.get $carried) (i64.const -1))))
                (i64.const 0xaaaaaaaaaaaaaaaa)))
            (local.set $escaped
              (i64.xor (local.get $escapes) (i64.or (local.get $slashes) (local.get $carried))))
            (local.set $escapes (i64.and (local.get $escapes) (local.get $slashes)))))

        ;; From each opening quote to the byte before its closing one.
        (local.set $quotes (i64.and
          (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v0) (local.get $quote))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v1) (local.get $quote)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v2) (local.get $quote)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v3) (local.get $quote)))) (i64.const 48))))
          (i64.xor (local.get $escaped) (i64.const -1))))
        (local.set $inside (local.get $quotes))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 1))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 2))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 4))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 8))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 16))))
        (local.set $inside (i64.xor (local.get $inside) (i64.shl (local.get $inside) (i64.const 32))))
        (local.set $inside (i64.xor (local.get $inside) (local.get $string)))

        ;; A byte that is out of place
        (br_if $done (i64.ne (i64.const 0) (i64.and
          (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.and
              (i8x16.swizzle (local.get $byLow) (v128.and (local.get $v0) (local.get $nibble)))
              (i8x16.swizzle (local.get $byHigh) (i8x16.shr_u (local.get $v0) (i32.const 4)))) (local.get $zero))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.and
              (i8x16.swizzle (local.get $byLow) (v128.and (local.get $v1) (local.get $nibble)))
              (i8x16.swizzle (local.get $byHigh) (i8x16.shr_u (local.get $v1) (i32.const 4)))) (local.get $zero)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.and
              (i8x16.swizzle (local.get $byLow) (v128.and (local.get $v2) (local.get $nibble)))
              (i8x16.swizzle (local.get $byHigh) (i8x16.shr_u (local.get $v2) (i32.const 4)))) (local.get $zero)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.and
              (i8x16.swizzle (local.get $byLow) (v128.and (local.get $v3) (local.get $nibble)))
              (i8x16.swizzle (local.get $byHigh) (i8x16.shr_u (local.get $v3) (i32.const 4)))) (local.get $zero)))) (i64.const 48))))
          (i64.xor (local.get $inside) (i64.const -1)))))

        (local.set $opening (i64.and
          (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v0) (local.get $case)) (local.get $openers))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v1) (local.get $case)) (local.get $openers)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v2) (local.get $case)) (local.get $openers)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v3) (local.get $case)) (local.get $openers)))) (i64.const 48))))
          (i64.xor (local.get $inside) (i64.const -1))))
        (local.set $closing (i64.and
          (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v0) (local.get $case)) (local.get $closers))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v1) (local.get $case)) (local.get $closers)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v2) (local.get $case)) (local.get $closers)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.or (local.get $v3) (local.get $case)) (local.get $closers)))) (i64.const 48))))
          (i64.xor (local.get $inside) (i64.const -1))))
        (local.set $ends (i64.and
          (i64.or
          (i64.or
            (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v0) (local.get $newline))))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v1) (local.get $newline)))) (i64.const 16)))
          (i64.or
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v2) (local.get $newline)))) (i64.const 32))
            (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (local.get $v3) (local.get $newline)))) (i64.const 48))))
          (i64.xor (local.get $inside) (i64.const -1))))

        ;; The last bracket is in this block only if enough are closed in it.
        (local.set $bit (i64.const 0))
        (if (i64.ge_u (i64.popcnt (local.get $closing)) (i64.extend_i32_u (local.get $depth)))
          (then
            (local.set $level (local.get $depth))
            (local.set $rest (i64.or (local.get $opening) (local.get $closing)))
            (block $found
              (loop $brackets
                (local.set $bit (i64.and (local.get $rest) (i64.sub (i64.const 0) (local.get $rest))))
                (br_if $found (i64.eqz (local.get $bit)))
                (local.set $level (i32.add (local.get $level)
                  (select (i32.const -1) (i32.const 1)
                    (i64.ne (i64.const 0) (i64.and (local.get $closing) (local.get $bit))))))
                (br_if $found (i32.eqz (local.get $level)))
                (local.set $rest (i64.xor (local.get $rest) (local.get $bit)))
                (br $brackets)))
            (if (i64.ne (i64.const 0) (local.get $bit)) (then (local.set $answer (i32.const 1))))))

        ;; Opening quotes before "ar", or before something escaped, if they are as deep as asked for.
        (if (i32.ge_s (local.get $watched) (i32.const 0))
          (then
            (local.set $rest (i64.and
              (i64.and (local.get $quotes) (local.get $inside))
              (i64.or
              (i64.or
                (i64.extend_i32_u (i8x16.bitmask (v128.or
                  (i8x16.eq (v128.load offset=1 align=1 (local.get $at)) (local.get $backslash))
                  (v128.and
                    (i8x16.eq (v128.load offset=1 align=1 (local.get $at)) (i8x16.splat (i32.const 0x61)))
                    (v128.or
                      (i8x16.eq (v128.load offset=2 align=1 (local.get $at)) (i8x16.splat (i32.const 0x72)))
                      (i8x16.eq (v128.load offset=2 align=1 (local.get $at)) (local.get $backslash)))))))
                (i64.shl (i64.extend_i32_u (i8x16.bitmask (v128.or
                  (i8x16.eq (v128.load offset=17 align=1 (local.get $at)) (local.get $backslash))
                  (v128.and
                    (i8x16.eq (v128.load offset=17 align=1 (local.get $at)) (i8x16.splat (i32.const 0x61)))
                    (v128.or
                      (i8x16.eq (v128.load offset=18 align=1 (local.get $at)) (i8x16.splat (i32.const 0x72)))
                      (i8x16.eq (v128.load offset=18 align=1 (local.get $at)) (local.get $backslash))))))) (i64.const 16)))
              (i64.or
                (i64.shl (i64.extend_i32_u (i8x16.bitmask (v128.or
                  (i8x16.eq (v128.load offset=33 align=1 (local.get $at)) (local.get $backslash))
                  (v128.and
                    (i8x16.eq (v128.load offset=33 align=1 (local.get $at)) (i8x16.splat (i32.const 0x61)))
                    (v128.or
                      (i8x16.eq (v128.load offset=34 align=1 (local.get $at)) (i8x16.splat (i32.const 0x72)))
                      (i8x16.eq (v128.load offset=34 align=1 (local.get $at)) (local.get $backslash))))))) (i64.const 32))
                (i64.shl (i64.extend_i32_u (i8x16.bitmask (v128.or
                  (i8x16.eq (v128.load offset=49 align=1 (local.get $at)) (local.get $backslash))
                  (v128.and
                    (i8x16.eq (v128.load offset=49 align=1 (local.get $at)) (i8x16.splat (i32.const 0x61)))
                    (v128.or
                      (i8x16.eq (v128.load offset=50 align=1 (local.get $at)) (i8x16.splat (i32.const 0x72)))
                      (i8x16.eq (v128.load offset=50 align=1 (local.get $at)) (local.get $backslash))))))) (i64.const 48))))))
            (if (i32.eq (local.get $answer) (i32.const 1))
              (then (local.set $rest (i64.and (local.get $rest) (i64.sub (local.get $bit) (i64.const 1))))))
            (block $none
              (loop $candidates
                (br_if $none (i64.eqz (local.get $rest)))
                (local.set $within
                  (i64.sub (i64.and (local.get $rest) (i64.sub (i64.const 0) (local.get $rest))) (i64.const 1)))
                (local.set $level
                  (i32.sub
                    (i32.add (local.get $depth)
                      (i32.wrap_i64 (i64.popcnt (i64.and (local.get $opening) (local.get $within)))))
                    (i32.wrap_i64 (i64.popcnt (i64.and (local.get $closing) (local.get $within))))))
                (if (i32.eq (local.get $level) (local.get $watched))
                  (then
                    (local.set $bit (i64.add (local.get $within) (i64.const 1)))
                    (local.set $answer (i32.const 2))
                    (br $none)))
                (local.set $rest (i64.and (local.get $rest) (i64.sub (local.get $rest) (i64.const 1))))
                (br $candidates)))))

        (if (i32.ne (local.get $answer) (i32.const 0))
          (then
            (local.set $within (i64.sub (local.get $bit) (i64.const 1)))
            (local.set $ends (i64.and (local.get $ends) (local.get $within)))))
        (if (i64.ne (i64.const 0) (local.get $ends))
          (then
            (local.set $lines
              (i32.add (local.get $lines) (i32.wrap_i64 (i64.popcnt (local.get $ends)))))
            (local.set $lineAt
              (i32.add (local.get $at) (i32.sub (i32.const 64) (i32.wrap_i64 (i64.clz (local.get $ends))))))))
        (if (i32.ne (local.get $answer) (i32.const 0))
          (then
            (local.set $depth (local.get $level))
            (local.set $string (i64.const 0))
            (local.set $carried (i64.const 0))
            (local.set $at
              (i32.add (local.get $at) (i32.add (i32.wrap_i64 (i64.ctz (local.get $bit))) (i32.const 1))))
            (br $done)))

        (local.set $depth
          (i32.sub
            (i32.add (local.get $depth) (i32.wrap_i64 (i64.popcnt (local.get $opening))))
            (i32.wrap_i64 (i64.popcnt (local.get $closing)))))
        (local.set $string (i64.shr_s (local.get $inside) (i64.const 63)))
        (local.set $carried (i64.shr_u (local.get $escapes) (i64.const 63)))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $blocks)))

    (i32.store offset=0 (i32.const 0) (local.get $at))
    (i32.store offset=4 (i32.const 0) (local.get $depth))
    (i32.store offset=8 (i32.const 0) (i32.wrap_i64 (local.get $string)))
    (i32.store offset=12 (i32.const 0) (i32.wrap_i64 (local.get $carried)))
    (i32.store offset=16 (i32.const 0) (local.get $lines))
    (i32.store offset=20 (i32.const 0) (local.get $lineAt))
    (local.get $answer)))
